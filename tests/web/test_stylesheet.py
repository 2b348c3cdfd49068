"""The stylesheet keeps its own rules: colours that stand out, one scale of sizes, nothing named that is not a token."""

import re
from itertools import product
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "relevo" / "web" / "static" / "relevo"
CSS = (STATIC / "relevo.css").read_text("utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\(([^)]+)\)", RULES))

GROUNDS = ("paper", "panel", "hover")
WORDS = ("ink", "mute", "accent", "good", "bad", "warn")
# Words beside their own line or bar stand on paper alone; marks and edges need 3 to 1. The bars of a stock are grey
# on purpose: their value is written above them in ink.
LABELS = ("new", "churn")
MARKS = ("new", "reactivation", "expansion", "contraction", "churn", "edge", "accent", "strong-line")
LARGE, SMALL = 3.0, 4.5


def colour(name: str, theme: int) -> tuple[int, int, int]:
    """Red, green and blue of a token, in the light (0) or the dark (1) theme."""
    digits = PAIRS[name].split(",")[theme].strip().lstrip("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def luminance(parts: tuple[int, int, int]) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [v / 255 / 12.92 if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)  # #777, the known near miss


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_every_ground(theme: int) -> None:
    for word, ground in (*product(WORDS, GROUNDS), *product(LABELS, ("paper", "panel")), ("paper", "accent")):
        ratio = contrast(colour(word, theme), colour(ground, theme))
        assert ratio >= SMALL, f"{word} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_marks_stand_out_from_every_ground(theme: int) -> None:
    for mark, ground in product(MARKS, GROUNDS):
        ratio = contrast(colour(mark, theme), colour(ground, theme))
        assert ratio >= LARGE, f"{mark} on {ground}: {ratio:.2f}"


def test_sizes_are_those_of_one_scale() -> None:
    sizes = {name: float(rem) * 16 for name, rem in re.findall(r"--(\w+): (\.?[\d.]+)rem", RULES)}
    assert [sizes[n] for n in ("small", "base", "large", "title", "figure")] == [12, 14, 16, 20, 28]
    assert [sizes[f"s{i}"] for i in range(1, 8)] == [4, 8, 12, 16, 24, 32, 48]
    named = set(re.findall(r"font-size:\s*([^;}]+)", RULES))
    assert named <= {f"var(--{n})" for n in ("small", "base", "large", "title", "figure")} | {"inherit", "0"}


def test_every_token_is_made_before_it_is_used() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", RULES))
    made = set(re.findall(r"--([\w-]+):", RULES))
    assert used <= made
    # Heat and meaning colours are used by pictures.
    drawn = "\n".join(p.read_text("utf-8") for p in (STATIC.parents[1] / "charts").glob("*.py"))
    templates = "\n".join(p.read_text("utf-8") for p in (STATIC.parents[1] / "templates").rglob("*.html"))
    idle = {name for name in made - used if f"--{name})" not in drawn + templates and not name.startswith("heat")}
    assert idle == set()


def test_components_name_no_colour_of_their_own() -> None:
    components = RULES[RULES.index("*, *::before") :]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b(?=[^{]*})", components)) <= {"#fff"}  # paper in print


def test_motion_can_be_declined_and_focus_is_always_seen() -> None:
    assert "prefers-reduced-motion: reduce" in RULES
    assert re.search(r":focus-visible \{ outline: 2px solid", RULES)
    assert re.findall(r"([^{}]+)\{[^}]*outline: none", RULES) == ["\nmain:focus "]
    assert "@media print" in RULES


def test_there_is_no_gradient_and_shadows_are_for_what_lies_above() -> None:
    assert "gradient" not in RULES
    cast = re.findall(r"([^{}]+)\{[^}]*box-shadow: (?!inset)", RULES)
    assert [selector.split()[-1] for selector in cast] == [".sheet", ".panel"]
