//! The words that mean something to the matcher: those that say little, and those that say that
//! two sentences are about different things. Beyond English, the commonest of a few languages:
//! a word that is missing here costs a join, it never makes a wrong one.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words of a question's or sentence's frame, which a rewording may exchange: articles and the
/// like, and what any question may ask of its subject (what it is, means, is for).
const FRAME: &str = "\
    a an the this that these those it its is are was were be been being am do does did done \
    doing has have had having can could may might must shall should will would of in on at by \
    for to from with into onto as and or but if then than so such there here what which whose \
    whom we you he she him her his your our us me my i they their them mean means meant \
    meaning call called calls name named names define defined definition describe explain give \
    tell say state please briefly just also some any each every per itself one's use uses \
    using need needs good vs versus difference differences differ differs between because \
    macht tut machen wozu dient cual cuales sirve der die das den dem des ein eine einen einem \
    einer eines ist sind und oder im auf zu zum zur von vom mit für als es sich welche welcher \
    welches heißt bedeutet versteht nennt unter le la les un une du de et ou à au aux en est \
    sont que qu quel quelle quels quelles ce cet cette ces se dans par pour sur l d s el los \
    las una del y o al qué cuál cuáles por para lo os um uma da dos e em é são qual quais il \
    gli uno di della dei delle alla è sono che cosa quale quali si het een op zijn wat welke \
    voor ett det och på är vad som av till för и в на с что это какой какая какое какие у к";

/// Of the frame, the words for persons.
const PERSONS: &str = "\
    i you he she we they me him us them my your his her our their";

/// Of the frame, the words for tense and mood.
const MOODS: &str = "\
    can could may might must shall should will would had did";

/// Words that ask for something of their own: `when` is not `where`.
const ASKING: &str = "\
    who when where why how wer wann wo warum wie qui quand où pourquoi comment quién cuándo \
    dónde cómo waar wanneer vem när var кто когда где почему";

const NEGATIONS: &str = "\
    not no never none neither nor without cannot nothing nobody nowhere non except hardly \
    nicht kein keine keinen keinem keiner keines nie niemals ohne nichts niemand weder pas \
    jamais rien aucun aucune sans nunca nada ningún ninguna ninguno ni mai senza nessun \
    nessuno niente não nem sem niet geen nooit zonder inte ingen aldrig utan ikke не нет без \
    никогда ни 不 没 沒 无 無 非 未 別 别";

/// Words for numbers, in groups of one value.
const NUMBERS: &str = "
0 zero zéro cero 〇 零
1 一 壱
2 two zwei deux dos twee två два 二 两 兩
3 three drei trois tres tre drie три 三
4 four vier quatre cuatro quattro fyra четыре 四
5 five fünf cinq cinco cinque vijf fem пять 五
6 six sechs seis zes шесть 六
7 seven sieben sept siete sette zeven sju семь 七
8 eight acht huit ocho otto åtta восемь 八
9 nine neun neuf nueve nove negen nio девять 九
10 ten zehn dix diez dieci tien tio десять 十
11 eleven elf onze undici
12 twelve zwölf douze doce dodici dozen dozens
13 thirteen
14 fourteen
15 fifteen
16 sixteen
17 seventeen
18 eighteen
19 nineteen
20 twenty zwanzig vingt veinte venti
30 thirty
40 forty fourty
50 fifty
60 sixty
70 seventy
80 eighty
90 ninety
100 hundred hundreds hundert cien cento 百
1000 thousand thousands tausend mille mil 千
10000 万 萬
1000000 million millions millionen
1000000000 billion billions milliarde milliarden 億 亿
1/2 half halves hälfte 半
×2 twice double doubles doppelt
×3 thrice triple triples
#1 first erste ersten erster premier première primero primera
#2 second zweite zweiten zweiter deuxième segundo segunda
#3 third dritte dritten dritter troisième tercero tercera thirds
#4 fourth vierte vierten quatrième cuarto
#5 fifth fünfte fünften cinquième quinto
#6 sixth
#7 seventh
#8 eighth
#9 ninth
#10 tenth
#11 eleventh
#12 twelfth
";

/// Answers that many questions have.
const VERDICTS: &str = "\
    yes no true false ja nein wahr falsch oui non vrai faux sí si verdadero falso sì vero sim \
    não nee nej да нет はい いいえ 是 否 对 不是 예 아니요 right wrong correct incorrect none nothing always \
    never both neither";

/// Words of which one is the other's counterpart, or is easily taken for it: exchanged, they make
/// another question.
const OPPOSITES: &str = "\
    above/below absolute/relative acid/base active/passive add/remove after/before all/none \
    allow/forbid allowed/forbidden analog/digital ancestor/descendant anode/cathode \
    arrive/leave artery/vein arteries/veins asynchronous/synchronous async/sync attach/detach \
    backward/forward backwards/forwards begin/end begins/ends best/worst big/small birth/death \
    black/white blue/red blue/green born/died both/neither bottom/top bought/sold buy/sell \
    client/server close/open closed/open closes/opens cold/hot cold/warm con/sin \
    constant/variable cos/sin cost/gain costs/gains create/delete credit/debit \
    deep/shallow demand/supply differ/agree difference/similarity down/up dry/wet \
    dynamic/static early/late earliest/latest earlier/later east/west eastern/western \
    empty/full enter/leave even/odd fail/succeed fall/rise falls/rises fall/grow false/true \
    fast/slow faster/slower fastest/slowest father/mother female/male feminine/masculine \
    few/many fewer/more fewest/most final/initial find/lose finish/start finite/infinite \
    first/last from/to front/back future/past gain/loss gains/losses get/set getter/setter \
    global/local good/bad greater/less greater/smaller grow/shrink grows/shrinks hard/soft \
    hard/easy head/tail heavy/light hide/show high/low higher/lower highest/lowest \
    horizontal/vertical husband/wife in/out inner/outer inside/outside internal/external \
    king/queen known/unknown large/small larger/smaller largest/smallest last/next left/right \
    least/most less/more load/store lock/unlock long/short longer/shorter longest/shortest \
    lose/win lost/won lower/upper major/minor male/female master/slave max/min maximal/minimal \
    maximize/minimize maximum/minimum mean/median merge/split more/fewer narrow/wide near/far \
    negative/positive new/old newest/oldest younger/older youngest/oldest north/south \
    northern/southern numerator/denominator off/on over/under parent/child pass/fail \
    passes/fails plural/singular plus/minus pop/push previous/next private/public pull/push \
    read/write reader/writer reads/writes receive/send receiver/sender receives/sends \
    rich/poor row/column rows/columns same/different serial/parallel series/parallel \
    sine/cosine single/multiple stack/heap start/stop starts/stops starts/ends start/end \
    strong/weak stronger/weaker subject/object sum/product summer/winter tail/top tall/short \
    tcp/udp thick/thin toward/away towards/away vertical/lateral virtual/physical with/without \
    affect/effect absorption/adsorption prescribe/proscribe stalactite/stalagmite \
    principal/principle complement/compliment stationary/stationery discrete/discreet \
    casual/causal desert/dessert county/country emigrate/immigrate eminent/imminent \
    hier/dort groß/klein links/rechts vor/nach avant/après avec/sans gauche/droite \
    antes/después izquierda/derecha 上/下 左/右 前/後 前/后 大/小 男/女 入/出 内/外 高/低 多/少";

/// Prefixes that turn a word into its contrary.
const CONTRARY: &str = "\
    un in im il ir dis non de anti mis counter contra a ab an re pre post sub super co ent ver \
    sur";

/// Prefixes of which one is the other's counterpart.
const PAIRED_PREFIXES: &str = "\
    hyper/hypo macro/micro inter/intra endo/exo endo/ecto pre/post ante/post in/ex im/ex in/de \
    in/out up/down over/under sub/super mono/poly mono/multi uni/multi uni/bi homo/hetero \
    maxi/mini ab/ad af/ef en/de as/des ana/cata con/di con/dis pro/con pro/anti pro/eu \
    fore/back exo/eso eu/dys a/e im/em iso/aniso ein/aus auf/ab auf/zu an/ab hin/her \
    ober/unter vor/nach lower/upper tele/pro milli/micro milli/kilo mega/giga kilo/mega \
    kilo/giga nano/micro nano/milli";

/// Endings of which one is the other's counterpart.
const PAIRED_ENDINGS: &str = "\
    ful/less er/ee or/ee ase/ose ate/ite ate/ide ite/ide ane/ene ene/yne ane/yne ous/ic o/a \
    os/as er/est";

/// The lists above, made ready for look-ups.
struct Lexicon {
    frame: HashSet<&'static str>,
    persons: HashSet<&'static str>,
    moods: HashSet<&'static str>,
    asking: HashSet<&'static str>,
    negations: HashSet<&'static str>,
    verdicts: HashSet<&'static str>,
    numbers: HashMap<&'static str, &'static str>,
    opposites: HashSet<(&'static str, &'static str)>,
    contrary: Vec<&'static str>,
    prefixes: Vec<(&'static str, &'static str)>,
    endings: Vec<(&'static str, &'static str)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    frame: FRAME.split_whitespace().collect(),
    persons: PERSONS.split_whitespace().collect(),
    moods: MOODS.split_whitespace().collect(),
    asking: ASKING.split_whitespace().collect(),
    negations: NEGATIONS.split_whitespace().collect(),
    verdicts: VERDICTS.split_whitespace().collect(),
    numbers: NUMBERS.lines().flat_map(words_of_a_number).collect(),
    opposites: pairs(OPPOSITES).flat_map(|(a, b)| [(a, b), (b, a)]).collect(),
    contrary: CONTRARY.split_whitespace().collect(),
    prefixes: pairs(PAIRED_PREFIXES).collect(),
    endings: pairs(PAIRED_ENDINGS).collect(),
});

fn pairs(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.split_whitespace().filter_map(|pair| pair.split_once('/'))
}

fn words_of_a_number(line: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let (number, words) = line.split_once(' ').unwrap_or((line, ""));
    words.split_whitespace().map(move |word| (word, number))
}

/// Whether the word (in lower case) belongs to a sentence's frame.
pub(super) fn is_frame(word: &str) -> bool {
    LEXICON.frame.contains(word)
}

/// Whether the word of the frame tells who.
pub(super) fn is_person(word: &str) -> bool {
    LEXICON.persons.contains(word)
}

/// Whether the word of the frame tells when, or how surely.
pub(super) fn is_mood(word: &str) -> bool {
    LEXICON.moods.contains(word)
}

/// Whether the word asks for something of its own.
pub(super) fn is_asking(word: &str) -> bool {
    LEXICON.asking.contains(word)
}

/// Whether the word negates.
pub(super) fn is_negation(word: &str) -> bool {
    LEXICON.negations.contains(word)
}

/// The number that the word stands for, in one spelling: `#3` for an ordinal.
pub(super) fn number_of(word: &str) -> Option<&'static str> {
    LEXICON.numbers.get(word).copied()
}

/// Whether the text is yes, no, true or false, in any of the languages known.
pub(super) fn is_verdict(text: &str) -> bool {
    LEXICON.verdicts.contains(text)
}

/// Whether two words are each other's counterparts, so that one in the other's place makes
/// another question.
pub(super) fn are_opposites(a: &str, b: &str) -> bool {
    LEXICON.opposites.contains(&(a, b))
        || is_contrary(a, b)
        || is_contrary(b, a)
        || LEXICON.prefixes.iter().any(|(x, y)| {
            same_rest(a.strip_prefix(x), b.strip_prefix(y), 2)
                || same_rest(a.strip_prefix(y), b.strip_prefix(x), 2)
        })
        || LEXICON.endings.iter().any(|(x, y)| {
            same_rest(a.strip_suffix(x), b.strip_suffix(y), 3)
                || same_rest(a.strip_suffix(y), b.strip_suffix(x), 3)
        })
}

fn is_contrary(long: &str, short: &str) -> bool {
    short.chars().count() >= 3
        && LEXICON.contrary.iter().any(|prefix| long.strip_prefix(prefix) == Some(short))
}

fn same_rest(a: Option<&str>, b: Option<&str>, shortest: usize) -> bool {
    a.is_some_and(|rest| rest.chars().count() >= shortest && a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counterparts_are_known() {
        for (a, b) in [
            ("reversible", "irreversible"),
            ("mutable", "immutable"),
            ("maximum", "minimum"),
            ("increase", "decrease"),
            ("crescendo", "decrescendo"),
            ("anabolism", "catabolism"),
            ("stateful", "stateless"),
            ("nitrate", "nitrite"),
            ("afferent", "efferent"),
            ("ascending", "descending"),
        ] {
            assert!(are_opposites(a, b) && are_opposites(b, a), "{a} / {b}");
        }
        assert!(!are_opposites("difference", "diffrence"));
        assert!(!are_opposites("colour", "color"));
    }
}
