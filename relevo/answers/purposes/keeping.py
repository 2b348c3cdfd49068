"""What the measures of revenue, and of how much of it stays, are for."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

KEEPING: Mapping[str, Purpose] = {
    "mrr": Purpose(
        why="It is the size of the company in one figure, and every rate stands on it.",
        wanted="Everybody counts revenue in the same way, so that talk is about customers and not about figures.",
        risked="Deals are pulled into the month or priced low to be signed, and leave a year later.",
        symbols="MRR(t) = Σ qᵢ · pᵢ · fᵢ · x(t), over items i in force at the end of t",
    ),
    "arr": Purpose(
        why="Contracts and valuations are spoken of in years.",
        wanted="Yearly commitments are compared with yearly costs.",
        risked="One large yearly contract hides that the many small ones are leaving.",
        symbols="ARR(t) = Σ aᵢ · x(t), a the native yearly amount of item i in force",
    ),
    "mrr_movements": Purpose(
        why="A total that grows can hide a leak; the bridge shows what came and what went.",
        wanted="Each line has an owner who knows why it moved, and losses are talked about as much as wins.",
        risked="Whoever owns new business lets the lines of others carry the cost of it.",
        symbols="MRR(t) = MRR(t−1) + new + reactivation + expansion − contraction − churn + fx + adjustments",
    ),
    "movement_log": Purpose(
        why="A figure convinces when its rows can be read one by one.",
        wanted="People look at the customers behind a change before they explain it.",
        risked="Single cases are told as if they were the rule.",
        symbols="one row per customer and day: Δ = run-rate after − run-rate before",
    ),
    "net_revenue_retention": Purpose(
        why="It says whether the customers already won carry the company without a new one.",
        wanted="Customers are kept and grow because they get value.",
        risked="A few large expansions or a price rise hide that many customers leave.",
        symbols="NRR(t) = Σᵢ cᵢ(t) / Σᵢ cᵢ(t−12), over customers i with cᵢ(t−12) > 0",
    ),
    "gross_revenue_retention": Purpose(
        why="It shows the leak alone, which no expansion can cover.",
        wanted="Causes of leaving are found and taken away, customer by customer.",
        risked="Customers are held by terms and notice periods instead of by value.",
        symbols="GRR(t) = Σᵢ min(cᵢ(t), cᵢ(t−12)) / Σᵢ cᵢ(t−12), over customers i with cᵢ(t−12) > 0",
    ),
    "logo_churn": Purpose(
        why="Every customer counts once, so small ones cannot be lost unseen.",
        wanted="Those who do not fit are not sold to, and those who fit are looked after, large or small.",
        risked="Cancelling is made hard, or all care goes to many small customers.",
        symbols="churn = |{i : cᵢ(t−w) > 0 and cᵢ(t) = 0}| / |{i : cᵢ(t−w) > 0}|",
    ),
    "gross_mrr_churn": Purpose(
        why="It prices the leak: what has to be sold again to stand still.",
        wanted="Losses are named with their cause and worked on where they cost most.",
        risked="Downgrades are refused, and the customer leaves altogether a little later.",
        symbols="gross churn = Σᵢ max(0, cᵢ(t−w) − cᵢ(t)) / Σᵢ cᵢ(t−w)",
    ),
    "net_mrr_churn": Purpose(
        why="It says whether the base shrinks by itself or grows by itself.",
        wanted="Growth of customers is earned by what they use.",
        risked="Upsell is pushed on the willing to make up for those who leave.",
        symbols="net churn = 1 − Σᵢ cᵢ(t) / Σᵢ cᵢ(t−w)",
    ),
    "upgrade_rate": Purpose(
        why="A customer that chooses to buy more says that it got value.",
        wanted="People help customers to use what they have, and the next step sells itself.",
        risked="Seats are sold that nobody uses and are given back at renewal.",
        symbols="upgrade rate = |{i : chosen rise − given back > 0}| / |{i : cᵢ(t−w) > 0}|",
    ),
    "quick_ratio": Purpose(
        why="It shows in one ratio whether growth is bought or kept.",
        wanted="Gaining and keeping are talked about together.",
        risked="More is sold to lift the ratio while the losses stay as they are.",
        symbols="quick ratio = (new + expansion + reactivation) / (contraction + churn)",
    ),
    "arpa": Purpose(
        why="It shows what kind of customer the company is built for, and whether new ones are of that kind.",
        wanted="Price and effort per customer fit each other.",
        risked="Small customers are neglected because they lower the mean.",
        symbols="ARPA(t) = MRR(t) / |{i : cᵢ(t) > 0}|",
    ),
    "arpa_by_tenure": Purpose(
        why="It tells growth of customers from the mere fact that small ones left.",
        wanted="Nobody calls it growth when only the large ones are left.",
        risked="The curve of those who stayed is shown without the other one.",
        symbols="still here(a) = Σᵢ cᵢ(a) / n(a);  all who started(a) = Σᵢ cᵢ(a) / n₀(a)",
    ),
    "cohort_retention": Purpose(
        why="It shows whether customers won lately stay better than those won before.",
        wanted="A change in selling or onboarding is judged by the months that came after it.",
        risked="The newest and smallest cohort is read as a trend.",
        symbols="kept(k, a) = Σᵢ cᵢ(k + a) / Σᵢ cᵢ(k), over customers i that started in month k",
    ),
    "cohort_total": Purpose(
        why="One row to compare a cohort with.",
        wanted="Single cohorts are read beside all of them, with their interval.",
        risked="Late ages, which only the oldest cohorts reach, are taken for the future of the new ones.",
        symbols="kept(a) = Σₖ c(k, a) / Σₖ c(k, 0), over cohorts k that have reached age a",
    ),
    "cohort_projection": Purpose(
        why="A plan needs to know what today's customers will still pay in two or three years.",
        wanted="Plans rest on what cohorts did, with an interval.",
        risked="A projection is taken for a promise although the product or the customers have changed.",
        symbols="c(k, a+1) = c(k, a) · Σⱼ c(j, a+1) / Σⱼ c(j, a), over cohorts j that show both ages",
    ),
    "survival": Purpose(
        why="It says how long customers stay, with those still here counted rightly.",
        wanted="The months in which many leave are found, and something is done before them.",
        risked="The end of the curve, where few customers are left, is read as if it were certain.",
        symbols="S(a) = Π (1 − dⱼ / nⱼ) over ages j ≤ a; d left at that age, n could have",
    ),
    "survival_compare": Purpose(
        why="It says whether groups of customers really leave at another pace or only seem to.",
        wanted="A difference is acted on when chance does not explain it.",
        risked="Ten cuts are tried and the one that differs by chance is shown.",
        symbols="χ² from Σ (observed − expected) over ages; expected = n₍g₎ · d / n",
    ),
    "hazard_ratios": Purpose(
        why="Groups differ in many ways at once; this holds the others equal.",
        wanted="Causes are looked for in what remains when the mix is taken out.",
        risked="An association is told as a cause, and a channel or a team is blamed.",
        symbols="h(a | x) = h₀(a) · exp(β · x); the ratio of a value is exp(β)",
    ),
    "churn_causes": Purpose(
        why="A failed payment and a disappointed customer need different work.",
        wanted="Payments are repaired by the one who can, and reasons are asked from those who leave.",
        risked="Losses are booked as failed payments because that is nobody's fault.",
        symbols="F_c(a) = Σ S(j−1) · d_c,j / nⱼ over ages j ≤ a, for each cause c",
    ),
}
