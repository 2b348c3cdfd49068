"""Words that say nothing of who a customer is: hosts of everybody's mail, endings of domains, legal forms.

The lists are short on purpose. What they miss is caught by counting: a value that many customers of one source have
tells nothing, whatever it is. Hosts are the large ones of the countries whose languages the pages speak, and their
neighbours'; under which second labels registries of countries give out names is what publicsuffix.org lists in full.
"""

from collections.abc import Mapping


def _set(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


# Providers that use one name under many endings: yahoo.com, yahoo.co.jp ...
FREE_FAMILIES = (
    "gmail", "googlemail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "rocketmail", "gmx", "icloud",
    "protonmail", "yandex", "aol", "zoho", "fastmail", "tutanota", "mailinator",
)  # fmt: skip
FREE_HOSTS = _set(
    "me.com mac.com proton.me pm.me mail.com email.com inbox.com hey.com tuta.io web.de freenet.de t-online.de "
    "orange.fr wanadoo.fr free.fr sfr.fr laposte.net libero.it tiscali.it virgilio.it alice.it telefonica.net "
    "movistar.es terra.es telefonica.es ono.com uol.com.br bol.com.br terra.com.br ig.com.br globo.com sapo.pt "
    "qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn "
    "mail.ru bk.ru list.ru inbox.ru rambler.ru ukr.net naver.com daum.net hanmail.net docomo.ne.jp ezweb.ne.jp "
    "softbank.ne.jp nifty.com btinternet.com sky.com virginmedia.com comcast.net verizon.net att.net sbcglobal.net "
    "cox.net bellsouth.net shaw.ca rogers.com bigpond.com xtra.co.nz prodigy.net.mx rediffmail.com "
    "example.com example.org example.net"
)
# Hosts on which many keep a page: an address there is nobody's domain.
SHARED_HOSTS = _set(
    "facebook.com linkedin.com instagram.com twitter.com x.com youtube.com google.com linktr.ee medium.com "
    "amazon.com etsy.com ebay.com wa.me t.me tiktok.com pinterest.com github.com bit.ly goo.gl"
)
# Hosts that give each of their customers a name of its own below them.
NAMED_HOSTS = _set(
    "myshopify.com wordpress.com blogspot.com github.io netlify.app vercel.app herokuapp.com wixsite.com webnode.com "
    "weebly.com squarespace.com notion.site business.site web.app firebaseapp.com pages.dev azurewebsites.net "
    "cloudfront.net zendesk.com freshdesk.com jimdofree.com uk.com us.com eu.com de.com"
)
# Second labels under which the registries of countries give out names: acme.co.uk, acme.com.br.
SECOND_LABELS = (
    "ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gv", "ind", "info", "ltd", "mil", "ne", "net", "nom", "or",
    "org", "plc", "adv", "eng", "med", "firm", "art",
)  # fmt: skip

# Each legal form and how it is written, without dots, in lower case and Latin letters; the longest are tried first.
LEGAL_FORMS: Mapping[str, tuple[str, ...]] = {
    "gmbh_co": ("gmbh co kg", "gmbh co", "ug co kg", "gmbh co kgaa"),
    "gmbh": ("gmbh", "gesellschaft mit beschrankter haftung", "mbh", "ges m b h", "gesmbh"),
    "ug": ("ug", "ug haftungsbeschrankt"),
    "ag": ("ag", "aktiengesellschaft"),
    "kg": ("kg",),
    "ohg": ("ohg",),
    "se": ("se",),
    "ev": ("e v", "ev"),
    "sl": ("sl", "s l", "slu", "s l u", "sociedad limitada", "srl de cv", "s de rl de cv", "s de rl"),
    "sa": ("sa", "s a", "sau", "s a u", "sociedad anonima", "societe anonyme", "sociedade anonima"),
    "sa_cv": ("sa de cv", "s a de c v", "sab de cv", "sapi de cv"),
    "ltda": ("ltda", "limitada", "lda", "ltda me", "ltda epp"),
    "eireli": ("eireli",),
    "sas": ("sas", "s a s", "sasu"),
    "sarl": ("sarl", "s a r l", "eurl"),
    "srl": ("srl", "s r l", "srls"),
    "spa": ("spa", "s p a"),
    "ltd": ("ltd", "limited", "co ltd", "co limited", "company limited", "company ltd", "coltd"),
    "pty": ("pty ltd", "pty limited", "pty"),
    "pte": ("pte ltd", "pte limited", "private limited", "pvt ltd", "pte"),
    "plc": ("plc", "public limited company"),
    "llp": ("llp",),
    "lp": ("lp",),
    "llc": ("llc", "l l c", "ooo"),
    "inc": ("inc", "incorporated"),
    "corp": ("corp", "corporation"),
    "bv": ("bv", "b v", "besloten vennootschap"),
    "nv": ("nv", "n v"),
    "ab": ("ab", "aktiebolag"),
    "oy": ("oy", "oyj"),
    "as": ("as", "a s"),
    "aps": ("aps",),
    "kft": ("kft",),
    "sro": ("sro", "s r o"),
    "zoo": ("sp z o o", "sp z oo", "sp zoo", "spolka z oo"),
    "zao": ("zao", "ao", "oao", "pao"),
    "kk": ("kk", "k k", "kabushiki kaisha", "kabushiki gaisha"),
    "gk": ("gk", "godo kaisha"),
}
# The same in scripts that are written without spaces; these may also stand in front.
LEGAL_SIGNS: Mapping[str, tuple[str, ...]] = {
    "shares": ("股份有限公司", "股份公司"),
    "ltd": ("有限责任公司", "有限責任公司", "有限公司"),
    "kk": ("株式会社", "株式會社", "㈱"),
    "gk": ("合同会社",),
    "yk": ("有限会社",),
    "chusik": ("주식회사",),
}
# Forms that are also written before the name.
LEADING_FORMS = ("ooo", "zao", "oao", "pao", "ao")
# Words between names that are written or left out at will.
JOINING_WORDS = ("and", "und", "y", "e", "et", "i", "the", "co", "company", "cia")

# Letters that carry no separable accent, and Cyrillic ones, in Latin.
LONG_LETTERS: Mapping[str, str] = {
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ю": "yu", "я": "ya", "є": "ye", "ї": "yi", "ъ": "", "ь": "",
}  # fmt: skip
SHORT_LETTERS = ("øłđıабвгдеёзийклмнопрстуфыэіґ", "oldiabvgdeeziiklmnoprstufyeig")
# Signs of full width, as East Asian keyboards write them, and what they are elsewhere.
WIDE = ("".join(chr(0xFF01 + n) for n in range(94)) + "　", "".join(chr(0x21 + n) for n in range(94)) + " ")

# What stands in a field for a tax number where there is none.
NO_NUMBER = ("NA", "NONE", "NULL", "NIL", "UNKNOWN", "NOTAPPLICABLE", "EXEMPT", "PENDING", "TEST")
# Hashes of nothing, as loaders leave them in columns that they mask: MD5, SHA-1, SHA-256.
HASHES_OF_NOTHING = (
    "D41D8CD98F00B204E9800998ECF8427E",
    "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
    "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
)
