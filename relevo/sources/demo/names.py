"""Believable names: of people from several cultures, of companies, of mail domains; unique where they must be."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.frame import Ints


def _words(text: str, separator: str = " ") -> tuple[str, ...]:
    """A written list of words, each once."""
    return tuple(dict.fromkeys(text.split(separator)))


IBERIAN, AMERICAN, BRAZILIAN, CHINESE, NORTHERN, JAPANESE, AFRICAN = range(7)

GIVEN: tuple[tuple[str, ...], ...] = (
    _words(
        "Lucía Martín Carmen Álvaro Inés Hugo Marta Diego Elena Javier Nuria Sergio Clara Pablo Irene "
        "Rubén Alba Gonzalo Sara Iván Beatriz Jorge Noelia Andrés"
    ),
    _words(
        "Ximena Emiliano Valeria Mateo Fernanda Santiago Regina Rodrigo Camila Leonardo Daniela Sebastián "
        "Renata Joaquín Paola Esteban Mariana Ulises Abril Gael Jimena Tadeo Itzel Bruno"
    ),
    _words(
        "Ana João Beatriz Thiago Larissa Gustavo Camila Rafael Juliana Felipe Mariana Caio Letícia "
        "Vinícius Isabela Otávio Bruna Murilo Yasmin Heitor Luana Davi Tainá Renan"
    ),
    _words("Wei Jing Hao Xin Yan Lei Min Fang Jun Ling Tao Na Bo Mei Kai Ying Peng Rui Chen Hua Qing Dan Yu Ping"),
    _words(
        "Emma Oliver Grace Harry Freya Thomas Hannah Lukas Marie Jonas Sophie Felix Anna Paul Chloé Louis "
        "Camille Arthur Giulia Marco Chiara Luca Amelia Jack"
    ),
    _words(
        "Haruto Yui Sota Aoi Ren Hina Yuto Sakura Riku Mio Kaito Rin Daiki Akari Kenta Nanami Shota "
        "Misaki Takumi Honoka Ryota Ayaka Naoki Emi"
    ),
    _words(
        "Ndapewa Tangeni Selma Petrus Hilma Johannes Frieda Simon Martha Elias Ester Gideon Saara David "
        "Loide Festus Anna Paulus Helena Immanuel Rauna Thomas Maria Josef"
    ),
)
FAMILY: tuple[tuple[str, ...], ...] = (
    _words(
        "Serrano Iglesias Vidal Cano Prieto Lozano Ferrer Molina Rey Soler Campos Navarro Pastor Arias "
        "Rivas Herrero Peña Cuesta Salas Bravo Ibáñez Carmona Esteve Roldán Marín Calvo Gallego Vega "
        "Rubio Nieto"
    ),
    _words(
        "Aguilar Cervantes Ochoa Zepeda Montoya Rosales Villarreal Escobedo Trejo Cantú Barragán Lozada "
        "Saldívar Quintero Ponce Arellano Becerra Carranza Duarte Elizondo Figueroa Galindo Huerta Ibarra "
        "Juárez Luna Macías Nava Olvera Pacheco"
    ),
    _words(
        "Albuquerque Barbosa Cardoso Teixeira Nogueira Moura Azevedo Rezende Pacheco Bittencourt Farias "
        "Leal Siqueira Toledo Queiroz Vasconcelos Moraes Prado Lacerda Guimarães Freitas Campelo Dantas "
        "Brandão Macedo Furtado Goulart Peixoto Sampaio Valadares"
    ),
    _words(
        "Zhang Li Wang Chen Liu Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang "
        "Xie Song Tang Deng Han Feng Cao Peng"
    ),
    _words(
        "Whitfield Barlow Ashworth Marsh Thornton Hale Becker Vogel Keller Brandt Lorenz Winkler Moreau "
        "Lefèvre Garnier Chevalier Rossi Conti Greco Marino Palmer Sutton Radley Krüger Seidel Roussel "
        "Faure Bianchi Costa Fischer"
    ),
    _words(
        "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki "
        "Matsumoto Inoue Kimura Hayashi Shimizu Mori Abe Ikeda Hashimoto Ishikawa Ogawa Goto Okada "
        "Hasegawa Fujita Murakami Endo"
    ),
    _words(
        "Shilongo Amupolo Nangolo Haufiku Iipinge Kandjii Nghipandulwa Shikongo Uushona Hamutenya "
        "Katjivena Mbumba Ndjoze Shivute Amukoto Tjiueza Hangula Nakale Geingos Kapofi Beukes Cloete "
        "Witbooi Goagoseb Namases Garoeb Ekandjo Ithete Kaura Mutorwa"
    ),
)

_ROOTS = _words(
    "Alba Arce Brisa Cobre Duna Estela Faro Galera Horizonte Indigo Jacaranda Karst Lumen Marea Nexo "
    "Olmo Pinar Quilla Raíz Sierra Talud Umbral Vereda Yunque Zafiro Andén Boreal Cierzo Delta Eje "
    "Fragua Granito Hélice Istmo Jade Levante Mistral Noria Onda Puente Ribera Salto Terra Vela Ancla "
    "Bahía Cauce Dique Encina Fénix Glaciar Huerta Isla Ladera Molino Níquel Ocaso Parra Roble Surco "
    "Tundra Valle Acero Brújula Ceiba Dorsal Espiga Flecha Grulla Hito Iris Junco Loma Mangle Nogal "
    "Orilla Pampa Quebracho Relieve Sabana Tejo Volcán Aurora Basalto Cumbre Dársena Estuario "
    "Farallón Garza Hangar Ibis Ámbar Kiosko Laurel Meseta Nácar Oasis Pórtico Rada Sauce"
)
_SECOND = _words(
    "Norte Sur Centro Alto Claro Vivo Nuevo Real Azul Verde Rojo Pleno Ágil Firme Abierto Largo Primo "
    "Doble Sereno Exacto Directo Global Local Urbano Austral Oriental Atlántico Pacífico Andino "
    "Ibérico Tropical Fluvial Solar Lunar Capital Uno Dos Tres Cinco Siete Once Plus Prisma Motor "
    "Campo Casa Mar Río Monte Plaza Línea Punto Red Forma Ritmo Trazo Vector Cima Fuerte Justo Noble "
    "Pronto Rápido Seguro Sabio Único Vital Zonal Mayor Medio Menor Joven Libre Limpio Cercano "
    "Externo Interno Digital Minero Textil"
)
_ENDINGS = _words(
    "Logística|Seguros|Alimentos|Salud|Energía|Textiles|Viajes|Educación|Finanzas|Consultores|"
    "Construcción|Retail|Foods|Health|Labs|Freight|Media|Studio|Motors|Hotels|Pharma|Farms|Trading|"
    "Legal|Robotics|Marine|Rail|Engenharia|Saúde|Varejo|Agro|Papel|Cerámica|Bebidas|Packaging|Optics|"
    "Batteries|Tools|Security|Telecom|Immobilien|Werke|Conseil|Distribution|Impianti|Moda|Servicios|"
    "Sistemas|Aceros|Químicos|Cosméticos|Muebles|Eventos|Analytics|Clinics|Aviation|Mining|Timber|"
    "Fisheries|Water|Recycling|Printing|Dental|Veterinaria|Bodegas|Juguetes|Óptica|Deportes|Música|"
    "Editorial|Jardines|Panaderías|Vidrio|Plásticos|Papelera|Aduanas|Transportes|Almacenes|"
    "Laboratorios|Ingeniería",
    "|",
)
_STRIDE = 611_953


@dataclass(frozen=True)
class CompanyNames:
    """Codes of three words per company; the company with number i has the same, unique name in every run."""

    root: Ints
    second: Ints
    ending: Ints
    branch: Ints

    ROOTS = _ROOTS
    SECOND = _SECOND
    ENDINGS = _ENDINGS
    BRANCHES = ("", " Group")


def company_names(number: Ints) -> CompanyNames:
    """Unique word triples for company numbers: a walk through all combinations that meets each once."""
    total = len(_ROOTS) * len(_SECOND) * len(_ENDINGS)
    branch, place = np.divmod(number, total)
    spot = (place * _STRIDE + 77_003) % total
    rest, ending = np.divmod(spot, len(_ENDINGS))
    root, second = np.divmod(rest, len(_SECOND))
    return CompanyNames(root, second, ending, branch)


def person_names(rng: np.random.Generator, cultures: Ints) -> list[str]:
    """Full names, each used once, for a list of cultures."""
    used: set[str] = set()
    return [_unused(rng, int(culture), used) for culture in cultures]


def _unused(rng: np.random.Generator, culture: int, used: set[str]) -> str:
    """A name of the culture nobody has yet; a second family name once the single ones run short."""
    given, family = GIVEN[culture], FAMILY[culture]
    for attempt in range(len(given) * len(family)):
        name = f"{given[rng.integers(len(given))]} {family[rng.integers(len(family))]}"
        if attempt > len(family):
            name = f"{name} {family[rng.integers(len(family))]}"
        if name not in used:
            used.add(name)
            return name
    raise ValueError(f"No unused name is left in culture {culture}; add names to relevo/sources/demo/names.py.")
