"""What the measures of cost, value and quality of customers are for."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

ECONOMICS: Mapping[str, Purpose] = {
    "cac": Purpose(
        why="Growth is bought; this is its price.",
        wanted="Money goes to the channels whose customers stay.",
        risked="Customers that are cheap to win and do not fit are won, because only the price is looked at.",
        symbols="CAC(t) = acquisition spend(t − lag) / new customers(t)",
    ),
    "cac_payback": Purpose(
        why="Until a customer has paid back it is a loan that the company gave.",
        wanted="Customers are kept at least until they have paid back, and those who will not are not bought.",
        risked="Prices are raised at the start or yearly prepayment is forced to look fast.",
        symbols="the smallest n with m · Σ S(j) ≥ CAC over j < n; m the first MRR × margin",
    ),
    "payback_curve": Purpose(
        why="It shows how far margin has come towards the cost, month by month, and what leaving costs on the way.",
        wanted="The two curves are read together: the gap between them is customers lost before they paid back.",
        risked="Only the curve without leavers is shown.",
        symbols="simple(n) = m · n;  with leavers(n) = m · Σ S(j) over j < n",
    ),
    "ltv": Purpose(
        why="It says how much may be spent to win and to serve a customer.",
        wanted="Keeping customers is seen as what makes them worth something.",
        risked="Long horizons and hopeful curves make any spend look right.",
        symbols="LTV = margin · Σ paid(t) · S(t) / (1 + d)^(t/12) over t < horizon",
    ),
    "ltv_to_cac": Purpose(
        why="It compares what a customer brings with what it cost to win.",
        wanted="Segments in which winning costs more than it brings are left or changed.",
        risked="Spend is cut until the ratio is fine and growth is gone; 3 is a habit, not a law.",
        symbols="ratio = LTV / CAC",
    ),
    "ltv_bridge": Purpose(
        why="It shows which work changed the worth of a customer: keeping, growing, pricing, serving or winning.",
        wanted="Keeping customers is given credit for what it adds to their worth.",
        risked="Each team claims the part that moved and nobody asks why.",
        symbols="closing = opening + mix + retention + expansion + price + margin + cost (Shapley)",
    ),
    "customer_value": Purpose(
        why="It says what a customer has brought so far and may bring yet.",
        wanted="Effort goes where it can still be worth it, and small loyal customers are seen.",
        risked="An expectation about many is taken for a forecast of one, who is then neglected.",
        symbols="value = Σ past MRR · margin + c · margin · Σ S(a+j)/S(a) / (1 + d)^(j/12)",
    ),
    "sold_book": Purpose(
        why="What a seller sold stays theirs to look at, whoever holds the customer now.",
        wanted="Sellers care what becomes of the customers they won.",
        risked="Customers are kept from others who could help them, to protect one's own figure.",
        symbols="NRR(s) = Σᵢ cᵢ(now) / Σᵢ cᵢ(first day), over customers i sold by s",
    ),
    "sold_book_marks": Purpose(
        why="It compares what was sold at the same age.",
        wanted="A sale is judged after 3, 6, 12 and 24 months and not on the day it is signed.",
        risked="Customers are held until the mark has passed.",
        symbols="NRR(s, m) = Σᵢ cᵢ(m) / Σᵢ cᵢ(0), over customers i sold by s that reached m months",
    ),
    "seller_quality": Purpose(
        why="It says whose sales last when luck and the age of the customers are taken out.",
        wanted="What works for one seller is learned by the others.",
        risked="A small difference is used to rank people; the interval is there to prevent it.",
        symbols="quality(s) = 1 + w(s) · (kept(s) / expected(s) − 1), w nearer 0 the fewer customers",
    ),
    "support_tiers": Purpose(
        why="It shows what each level of support earns and costs.",
        wanted="Levels are priced by what they take to deliver.",
        risked="Customers of the lowest level are left waiting to make them buy the next.",
        symbols="margin(tier) = (MRR(tier) − support minutes · hourly cost / 60) / MRR(tier)",
    ),
    "forgone_value": Purpose(
        why="A sale to somebody who does not fit has a cost that no report shows.",
        wanted="Sellers feel free to say no, and fit is asked before price.",
        risked="Questions of fit are answered with yes to get the deal through.",
        symbols="forgone = Σ w₍seg₎ · mean(good fits, seg) − mean(own), times customers",
    ),
}
