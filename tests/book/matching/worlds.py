"""Companies of which it is known who is who: the same customers as a CRM, a billing system and a help desk see them.

What makes them hard is planted: other spellings, typing errors, three scripts, missing fields, duplicates inside the
CRM; and customers that look alike and are not: namesakes, subsidiaries, franchises, offices of one firm in two
countries, resellers and agencies whose addresses stand at many customers.

One thing is assumed, because nobody could decide it without: the CRM knows every office, namesake and relative of a
firm, or their rows differ in something that both systems say. Two offices of which each system knows another one, with
one name, one domain and nothing else, are one customer by all that is known.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any


def _words(text: str) -> list[str]:
    return text.split()


SYSTEMS = ("hubspot", "stripe", "zendesk")
_FIRST = _words(
    "Alba Brisa Cobre Duna Estela Faro Galera Horizonte Índigo Karst Lumen Marea Nexo Olmo Pinar Quilla Sierra Talud "
    "Umbral Vereda Yunque Zafiro Boreal Cierzo Fragua Granito Hélice Istmo Levante Mistral Noria Puente Ribera Ancla "
    "Bahía Dique Encina Fénix Glaciar Isla Ladera Molino Níquel Ocaso Parra Roble Surco Tundra Brücke Grün Høj Łąka"
)
_SECOND = _words(
    "Norte Claro Vivo Nuevo Azul Verde Pleno Firme Abierto Primo Sereno Directo Global Urbano Austral Oriental Andino "
    "Fluvial Solar Lunar Capital Prisma Motor Campo Monte Plaza Punto Forma Ritmo Trazo Vector Fuerte Noble Rápido"
)
_TRADE = _words(
    "Logística Seguros Alimentos Salud Energía Textiles Viajes Finanzas Construcción Foods Freight Media Studio Motors "
    "Hotels Pharma Farms Trading Robotics Marine Papel Cerámica Packaging Optics Batteries Security Telecom Sistemas "
    "Aceros Muebles Analytics Clinics Aviation Mining Timber Recycling Printing Dental Bodegas Óptica Editorial"
)
_HAN = "华北京海天龙金银山河东西南中国云科信通达盛泰和平安永兴隆"
_COUNTRIES = {
    "ES": ("SL", "SA"), "DE": ("GmbH", "AG"), "GB": ("Ltd", "PLC"), "BR": ("Ltda", "SA"), "US": ("Inc", "LLC"),
    "FR": ("SAS", "SARL"), "NL": ("BV", "NV"), "IT": ("SRL", "SpA"),
}  # fmt: skip
_WRITTEN = {
    "SL": ("SL", "S.L.", "S. L.", "S.L.U."), "SA": ("SA", "S.A."), "Ltd": ("Ltd", "Ltd.", "Limited"),
    "Ltda": ("Ltda", "LTDA.", "Limitada"), "Inc": ("Inc", "Inc.", "Incorporated"), "LLC": ("LLC", "L.L.C."),
    "GmbH": ("GmbH", "gmbh"), "BV": ("BV", "B.V."), "SRL": ("SRL", "S.r.l."), "SpA": ("SpA", "S.p.A."),
}  # fmt: skip
_CYRILLIC = str.maketrans("abvgdeziklmnoprstuf", "абвгдезиклмнопрстуф")
_PLACES = ("Madrid", "Sevilla", "Bilbao", "Valencia", "Málaga", "Murcia", "Toledo", "Cádiz")


@dataclass(frozen=True)
class Firm:
    """One true customer: everything that could be known of it."""

    key: int
    name: str
    form: str
    country: str
    domain: str
    tax_id: str
    people: tuple[str, ...]
    han: str = ""
    parent: int | None = None
    billed_to: str = ""
    kind: str = "plain"


@dataclass
class World:
    """Rows of three systems, and of which firm each customer's id is."""

    customers: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)


def world(seed: int, firms: int = 600, *, hard: bool = True) -> World:
    """A company with that many plain customers and, where it is `hard`, a fifth more that are traps."""
    return _Maker(seed).make(firms, hard=hard)


class _Maker:
    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311
        self._names: set[str] = set()
        self._keys = 0
        self._world = World()

    def make(self, firms: int, *, hard: bool) -> World:
        for _ in range(firms):
            self._seen(self._firm(), hard=hard)
        if hard:
            self._resellers(firms // 300)
            for _ in range(firms // 60):
                for family in (self._namesakes, self._subsidiaries, self._franchise, self._offices, self._agency):
                    for firm in family():
                        self._seen(firm, hard=True, everywhere=True)
        for rows in (self._world.customers, self._world.contacts):
            self._chance.shuffle(rows)
        return self._world

    def _firm(self, **more: Any) -> Firm:
        chance = self._chance
        self._keys += 1
        country = chance.choice(list(_COUNTRIES))
        name = self._name()
        domain = f"{_plain(name)}.{chance.choice(['com', country.lower(), 'io'])}"
        people = tuple(f"{chance.choice('abcdefghijk')}.{who}@{domain}" for who in ("vega", "klein", "otto", "lima"))
        han = "".join(chance.sample(_HAN, 4)) if chance.random() < 0.02 else ""
        firm = Firm(
            self._keys, name, chance.choice(_COUNTRIES[country]), country, domain, self._tax(country), people, han
        )
        return replace(firm, **more)

    def _name(self) -> str:
        while True:
            name = " ".join(self._chance.choice(words) for words in (_FIRST, _SECOND, _TRADE))
            if name not in self._names:
                self._names.add(name)
                return name

    def _tax(self, country: str) -> str:
        return f"{country}{self._chance.randrange(10**8, 10**9)}"

    def _namesakes(self) -> Iterator[Firm]:
        """Two firms of one name that have nothing to do with each other."""
        one = self._firm(kind="namesake")
        yield one
        yield self._firm(name=one.name, kind="namesake")

    def _subsidiaries(self) -> Iterator[Firm]:
        """A parent and two that belong to it: one domain, one beginning of the name."""
        parent = self._firm(kind="parent")
        yield parent
        for where in self._chance.sample(["Iberia", "Europe", "Services", "Norte"], 2):
            country = self._chance.choice([parent.country, *_COUNTRIES])
            yield self._firm(
                name=f"{parent.name} {where}", domain=parent.domain, people=parent.people[:1], country=country,
                form=self._chance.choice(_COUNTRIES[country]), parent=parent.key, kind="subsidiary", han="",
            )  # fmt: skip

    def _franchise(self) -> Iterator[Firm]:
        """Shops under one brand and one domain, each of its own owner."""
        brand = self._firm()
        for place in self._chance.sample(_PLACES, 4):
            yield self._firm(
                name=f"{brand.name} {place}", domain=brand.domain, country="ES", form="SL", kind="franchise", han="",
                people=(f"{_plain(place)}@{brand.domain}",),
            )  # fmt: skip

    def _offices(self) -> Iterator[Firm]:
        """One firm in two countries: two customers with two legal forms."""
        one = self._firm(kind="office", han="")
        yield one
        country = self._chance.choice([c for c in _COUNTRIES if c != one.country])
        forms = [form for form in _COUNTRIES[country] if form != one.form]
        yield self._firm(
            name=one.name, domain=one.domain, people=one.people[:2], country=country, form=forms[0], kind="office",
            han="",
        )  # fmt: skip

    def _agency(self) -> Iterator[Firm]:
        """Customers for whom one person of an agency speaks."""
        agency = self._firm()
        for _ in range(3):
            firm = self._firm(kind="of_agency")
            yield replace(firm, people=(agency.people[0], *firm.people[:2]))

    def _resellers(self, count: int) -> None:
        """Partners to whom the bills of several customers go."""
        for _ in range(count):
            partner = self._firm()
            for _ in range(6):
                self._seen(self._firm(billed_to=partner.people[0], kind="resold"), hard=True)

    def _seen(self, firm: Firm, *, hard: bool, everywhere: bool = False) -> None:
        chance = self._chance
        self._world.kinds[firm.key] = firm.kind
        if everywhere or chance.random() < 0.95:
            self._in_crm(firm, hard)
            if hard and not everywhere and chance.random() < 0.015:
                self._in_crm(firm, hard)
        if chance.random() < 0.85:
            self._in_billing(firm, hard)
        if chance.random() < 0.75:
            self._in_desk(firm, hard)

    def _in_crm(self, firm: Firm, hard: bool) -> None:
        chance = self._chance
        known = firm.kind in ("office", "namesake") or not hard
        self._row(
            "hubspot", firm, name=self._written(firm, hard, with_form=0.4),
            domain=self._some(0.95, self._address(firm)), country=self._some(1 if known else 0.9, firm.country),
            tax_id=self._some(0.8 if firm.han else 0.25, firm.tax_id),
        )  # fmt: skip
        self._people("hubspot", chance.sample(firm.people, min(len(firm.people), chance.randint(1, 3))))

    def _in_billing(self, firm: Firm, hard: bool) -> None:
        chance = self._chance
        who = firm.billed_to or chance.choice([*firm.people, f"billing@{firm.domain}"])
        name = self._written(firm, hard, with_form=0.9)
        if hard and chance.random() < 0.01:
            name = who
        number = firm.tax_id
        tax_id = chance.choice([number, number[2:], f"{number[:2]}-{number[2:5]}.{number[5:]}"])
        self._row("stripe", firm, name=name, country=firm.country, tax_id=self._some(0.7, tax_id))
        self._people("stripe", [who] if chance.random() < 0.98 else [])

    def _in_desk(self, firm: Firm, hard: bool) -> None:
        chance = self._chance
        self._row("zendesk", firm, name=self._written(firm, hard, with_form=0.2), domain=self._some(0.9, firm.domain))
        self._people("zendesk", chance.sample(firm.people, min(len(firm.people), 2)))

    def _row(self, system: str, firm: Firm, **said: Any) -> None:
        number = len(self._world.customers)
        said = {"domain": None, "country": None, "tax_id": None, "parent_id": None, **said}
        self._world.customers.append({"customer_id": f"{system}:{number}", "source": system, **said})
        self._world.truth[f"{system}:{number}"] = firm.key

    def _people(self, system: str, addresses: list[str]) -> None:
        customer = self._world.customers[-1]["customer_id"]
        for address in addresses:
            email = self._chance.choice([address, address.title()])
            contact = f"{system}:k{len(self._world.contacts)}"
            self._world.contacts.append(
                {"contact_id": contact, "customer_id": customer, "source": system, "email": email}
            )

    def _some(self, share: float, value: str) -> str | None:
        return value if self._chance.random() < share else None

    def _address(self, firm: Firm) -> str:
        domain = firm.domain
        return self._chance.choice([domain, f"www.{domain}", f"https://{domain}/es", domain.upper()])

    def _written(self, firm: Firm, hard: bool, with_form: float) -> str:
        chance = self._chance
        name = firm.name
        if not hard:
            return f"{name} {firm.form}"
        if firm.han and chance.random() < 0.5:
            return firm.han + ("有限公司" if firm.form == "Ltd" else "")
        name = self._misspelt(name)
        if firm.kind == "office" or chance.random() < with_form:
            comma = chance.choice(["", ","])
            name = f"{name}{comma} {chance.choice(_WRITTEN.get(firm.form, (firm.form,)))}"
        return name

    def _misspelt(self, name: str) -> str:
        chance = self._chance
        way = chance.random()
        if way < 0.04:
            return _typo(name, chance)
        if way < 0.2:
            return name.upper()
        if way < 0.3:
            return _bare(name)
        if way < 0.33:
            return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in _bare(name)).replace(" ", "　")
        if way < 0.36 and _bare(name).lower().isascii():
            return _bare(name).lower().translate(_CYRILLIC)
        if way < 0.4:
            return name.replace(" ", "-")
        return name


def _typo(name: str, chance: random.Random) -> str:
    """Two letters swapped, or one left out, in the last word."""
    at = len(name) - chance.randint(2, 4)
    return chance.choice([name[:at] + name[at + 1] + name[at] + name[at + 2 :], name[:at] + name[at + 1 :]])


_MARKED = str.maketrans("ÍíáéóúüøŁąñ", "Iiaeouuolan".replace("ol", "oL"))


def _bare(name: str) -> str:
    return name.translate(_MARKED).replace("Ł", "L")


def _plain(name: str) -> str:
    return "".join(c for c in _bare(name).lower() if c.isascii() and c.isalnum())
