"""The relay of a demo company in memory: what the generator draws, without files, for simulations over many seeds."""

from dataclasses import dataclass

from relevo.sources.demo.cast import Cast, cast
from relevo.sources.demo.customers import Customers, draw_customers
from relevo.sources.demo.dropped import dropped
from relevo.sources.demo.frame import Frame, frame
from relevo.sources.demo.handoffs import Handoffs, draw_handoffs
from relevo.sources.demo.lives import live
from relevo.sources.demo.milestones import Milestones, draw_milestones
from relevo.sources.demo.owners import draw_owners
from relevo.sources.demo.promises import Promises, draw_promises
from relevo.sources.demo.selling import Deals, draw_deals
from relevo.sources.demo.service import Served, served
from tests.sources.demo.conftest import ENDS_ON


@dataclass(frozen=True)
class Relay:
    """What was sold, handed on, reached and promised."""

    frame: Frame
    cast: Cast
    customers: Customers
    served: Served
    won: Deals
    handed: Handoffs
    milestones: dict[str, Milestones]
    promises: Promises

    def dropped_deals(self) -> set[str]:
        """The deals whose batons were dropped on purpose."""
        return {f"d{n:07}" for n in self.won.number[dropped(self.frame, self.won)]}


def relay(customers: int, seed: int, company: str) -> Relay:
    """Draw a company's relay as `write_demo` does."""
    run = frame(customers, seed, ENDS_ON, company)
    people = cast(run)
    buyers = draw_customers(run, people)
    lives, owners = live(run, people, buyers), draw_owners(run, people, buyers)
    won = draw_deals(run, people, buyers, owners, lives).new_won
    handed, seen = draw_handoffs(run, buyers, owners, won), served(run, lives.stretches)
    steps = draw_milestones(run, buyers, seen, handed.empty_after_sale(buyers.size))
    promises = draw_promises(run, people, buyers, won, handed)
    return Relay(run, people, buyers, seen, won, handed, {m.kind: m for m in steps}, promises)
