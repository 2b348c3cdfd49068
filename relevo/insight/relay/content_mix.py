"""What the records about a customer are about: steps to close, facts of it, or what was delivered (row S1-21).

A rule of words in the four languages of the pages. On 100 activities that somebody wrote and labelled without seeing it
(tests/insight/activities.csv) it decides `DECIDED` of them and is right of `PRECISION` of those; where its words say
nothing it says so. Whoever reads the mix is told both figures.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from relevo.base.words import fold


class Content(StrEnum):
    """What an activity is about; unclear where its words say nothing, or as much of one as of another."""

    SELL_STEP = "sell_step"
    CUSTOMER_FACT = "customer_fact"
    DELIVERY = "delivery"
    UNCLEAR = "unclear"


# Of the labelled activities: the share that the rule decides, and the share of those that people had put there too.
DECIDED, PRECISION = 0.65, 0.91
_WORDS: Mapping[Content, tuple[str, ...]] = {
    Content.SELL_STEP: (
        "quote", "proposal", "negotiat", "contract sent", "discount", "pricing", "price", "closing",
        "close plan",
        "close date", "demo", "procurement", "countersign", "signature", "order form", "docusign", "msa",
        "legal", "redline",
        "forecast call", "pipeline", "follow up", "follow-up", "chas", "purchase order", "verbal", "prospect",
        "cold call",
        "linkedin", "intro call", "pitch", "rfp", "rfi", "tender", "shortlist", "business case",
        "security questionnaire",
        "poc", "trial", "reference call", "commercials", "% off", "renewal", "upsell", "voicemail", "left vm",
        "ghosted",
        "waiting on", "waiting for", "webinar", "sow", "nda", "offer", "sign by", "budget froz", "commit",
        "champion call",
        "oferta", "propuesta", "negocia", "descuento", "precio", "firma", "contrato enviado", "cierre",
        "cerrar",
        "seguimiento", "licitacion", "presupuesto enviado", "esperando respuesta", "orcamento", "proposta",
        "desconto",
        "preco", "assinatura", "assinar", "fechamento", "fechar", "retomar", "apresentacao", "licitacao",
        "parcelamento",
        "报价", "折扣", "签约", "签字", "盖章", "合同", "谈判", "再谈", "跟进", "采购流程", "演示", "投标",
        "招标", "开标", "价格",
    ),
    Content.CUSTOMER_FACT: (
        "goal", "objective", "need", "pain", "their problem", "they use", "using", "runs off", "runs on",
        "process",
        "expect", "they want", "wants to", "target", "requirement", "stakeholder", "team of", "employees",
        "headcount",
        "ppl", "people", "sites", "plants", "warehouses", "branches", "deadline", "fiscal year", "budget is",
        "decides",
        "signs off on", "signs off anything", "reports to", "reports into", "reporting into", "org chart",
        "new cfo",
        "new coo", "new ceo", "new cio", "environment", "legacy", "on-prem", "spreadsheet", "excel", "gsheets",
        "sap",
        "competitor", "contract runs out", "runs out in", "merger", "acquir", "baseline", "hours a week",
        "days a month",
        "lose about", "manual", "by hand", "don't trust", "dont trust", "audit", "objetivo", "necesita", "usan",
        "proceso actual", "trabajan con", "quieren", "requisito", "empleados", "plazo", "quien decide",
        "tardan", "meta",
        "precisam", "precisa", "usam", "processo atual", "querem", "funcionarios", "prazo", "na mao",
        "quem decide",
        "quem manda", "planilha", "目标", "需求", "痛点", "流程", "希望", "员工", "期限", "目前", "打算",
        "预算", "手工", "老板",
        "要求", "家公司", "个工厂", "人手",
    ),
    Content.DELIVERY: (
        "onboard", "kick-off", "kickoff", "training", "trained", "go-live", "go live", "golive", "went live",
        "rollout",
        "roll-out", "configur", "migrat", "import", "uploaded", "loaded", "set up", "setup", "set-up", "deploy",
        "deliver",
        "adoption", "business review", "qbr", "check-in", "health check", "hypercare", "handed over",
        "handover", "ticket",
        "workshop", "office hours", "fixed", "bug", "hotfix", "patch", "released", "restored", "reset",
        "rebuilt",
        "cleaned up", "uat", "cutover", "sandbox", "permissions", "integration", "webhook",
        "walked them through",
        "formacion", "puesta en marcha", "arranque", "configur", "migra", "implanta", "entrega", "capacita",
        "corregi",
        "revision trimestral", "treinamento", "entrou no ar", "entregue", "entregamos", "ajustei", "ajustamos",
        "corrigi",
        "cadastrei", "chamado", "integracao", "homologacao", "培训", "上线", "部署", "交付", "迁移", "配置",
        "导入", "修复", "调整了",
        "回访", "权限", "对接",
    ),
}  # fmt: skip
_PATTERNS = {
    content: re.compile("|".join(rf"(?<![a-z]){re.escape(w)}" if w.isascii() else re.escape(w) for w in words))
    for content, words in _WORDS.items()
}


@dataclass(frozen=True)
class ContentMix:
    """How many activities are of each content, of `n` in all.

    `precision` and `decided` are those of the rule on labelled activities, not of this company.
    """

    counts: Mapping[Content, int]
    n: int
    precision: float = PRECISION
    decided: float = DECIDED

    def share(self, content: Content) -> float | None:
        """The part of all activities that is of this content; None where there are none."""
        return self.counts.get(content, 0) / self.n if self.n else None


def classify(text: str | None) -> Content:
    """What an activity is about: the class with the most different words; unclear where none has most."""
    plain = fold(text or "")
    found = {content: len(set(pattern.findall(plain))) for content, pattern in _PATTERNS.items()}
    most = max(found.values())
    best = [content for content, count in found.items() if count == most]
    return best[0] if most and len(best) == 1 else Content.UNCLEAR


def mix(texts: Iterable[str | None]) -> ContentMix:
    """The mix of activities by their texts."""
    counts = Counter(classify(text) for text in texts)
    return ContentMix({content: counts[content] for content in Content}, counts.total())
