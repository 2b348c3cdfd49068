"""What the measures of what is to come are for: renewals, commitments, forecasts and their scores."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

AHEAD: Mapping[str, Purpose] = {
    "renewal_hazards": Purpose(
        why="Contracts end on days; it shows at which of these days customers leave.",
        wanted="The first renewal is prepared from the first week on.",
        risked="Work begins weeks before the term ends, when the customer has decided already.",
        symbols="h(r) = lost(r) / exposed(r);  kept(r) = Π (1 − h(j)) over renewals j ≤ r",
    ),
    "renewals_due": Purpose(
        why="Somebody has to know in time which contracts end and who holds them.",
        wanted="Every renewal has a holder who talks with the customer months ahead.",
        risked="Only renewals that are due get attention, and discounts are given to close them.",
        symbols="subscriptions with as-of day < term end ≤ as-of day + 90 days",
    ),
    "renewal_rate": Purpose(
        why="Only a customer whose term ends can say no; this counts those alone.",
        wanted="Renewals are judged against what could be renewed.",
        risked="Contracts are made longer so that fewer can end.",
        symbols="renewal rate = Σ min(paid the day after, available) / Σ available",
    ),
    "committed_mrr": Purpose(
        why="It shows what is signed and cancelled already but not in the figures yet.",
        wanted="Nobody is surprised by a notice that was known for months.",
        risked="What is signed but will not begin is counted on.",
        symbols="CMRR(t) = MRR + begins known by t − ends and notices known by t",
    ),
    "forecast": Purpose(
        why="Hiring and spending are decided for revenue that is not there yet.",
        wanted="Plans tell what customers already won will pay from what still has to be sold.",
        risked="The middle of the interval becomes the target, and its low end is forgotten.",
        symbols="MRR(t+h) = Σₐ c(a) · Π g(a+j) + Σ new · Π g(j), g the net retention by month of age",
    ),
    "expected_churn": Purpose(
        why="It says how many customers a year like the last ones will cost, before they leave.",
        wanted="Care goes to the ages and segments in which most is to be lost.",
        risked="Customers said to be at risk are given up, or are flooded with calls.",
        symbols="E[lost] = Σᵢ (1 − Π (1 − h(aᵢ + j) · f)) over j < 12; f the factor of the segment",
    ),
    "expected_churn_scored": Purpose(
        why="A forecast that nobody looks back at is an opinion.",
        wanted="Forecasts are frozen when made and believed as far as they were right.",
        risked="Only the good forecasts are remembered.",
        symbols="score = share of cells with low ≤ lost ≤ high; bias = Σ lost / Σ expected",
    ),
    "reconcile": Purpose(
        why="A figure is trusted when it can be brought to agree with the one of another tool.",
        wanted="Differences are explained by conventions before they are argued about.",
        risked="The convention with the best figure is chosen.",
        symbols="theirs + Σ (effect of each convention, in a fixed order) = ours",
    ),
}
