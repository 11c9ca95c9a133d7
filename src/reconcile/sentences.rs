//! Pairs of sentences, in the languages and subjects that people learn.

use super::similar::{Sides, similarity};
use crate::model::{Fields, Note};

fn basic(front: &str, back: &str) -> Note {
    let (front, back) = (Some(front.to_owned()), Some(back.to_owned()));
    Fields { front, back, ..Fields::default() }.note(None, vec![], None).unwrap()
}

fn cloze(text: &str) -> Note {
    Fields { cloze: Some(text.to_owned()), ..Fields::default() }.note(None, vec![], None).unwrap()
}

fn are_joined(old: &Note, new: &Note) -> bool {
    similarity(&Sides::of(old), &Sides::of(new)).is_some()
}

#[test]
fn a_note_in_other_words_is_the_same() {
    let edits = [
        (
            "What is the captial of Australia?",
            "Canbera",
            "What is the capital of Australia?",
            "Canberra",
        ),
        (
            "Why is the sky blue?",
            "Rayleigh scattering favours short wavelengths",
            "Why does the sky look blue?",
            "Because Rayleigh scattering favours short wavelengths of light",
        ),
        (
            "What is Kubernetes?",
            "An orchestrator for containers",
            "What's Kubernetes?",
            "A container orchestrator",
        ),
        (
            "Was ist ein Deadlock?",
            "Zwei Prozesse warten gegenseitig auf Ressourcen",
            "Was versteht man unter einem Deadlock?",
            "Zwei Prozesse warten wechselseitig auf Ressourcen",
        ),
        (
            "Qu'est-ce que la photosynthèse?",
            "La production de sucre à partir de lumière",
            "Comment définir la photosynthèse ?",
            "Production de sucre à partir de la lumière",
        ),
        (
            "How many chambers has the heart?",
            "4",
            "How many chambers does the human heart have?",
            "4",
        ),
        ("Is a whale a mammal?", "Yes", "Are whales mammals?", "Yes"),
        ("When did World War II end?", "1945", "In which year did World War II end?", "1945"),
        (
            "What does HTTP status 301 mean?",
            "Moved permanently",
            "What is meant by HTTP status 301?",
            "The resource has moved permanently",
        ),
        (
            "Explain the CAP theorem",
            "A distributed store can have two of consistency, availability, partition tolerance",
            "What does the CAP theorem state?",
            "Of consistency, availability and partition tolerance a distributed store can have two",
        ),
        (
            "What's a goroutine?",
            "A lightweight thread",
            "What is a goroutine in Go?",
            "A lightweight thread managed by the Go runtime",
        ),
        (
            "光合成とは何か",
            "光のエネルギーで糖を作ること",
            "光合成とは何ですか？",
            "光のエネルギーで糖をつくること",
        ),
        ("什么是死锁", "两个进程互相等待资源", "什么是死锁？", "两个进程互相等待对方的资源"),
        (
            "What is the function of the mitochondria?",
            "Produces energy",
            "What is the function of mitochondria?",
            "They produce energy for the cell",
        ),
        (
            "Define entropy",
            "A measure of disorder",
            "What is entropy?",
            "A measure of the disorder in a system",
        ),
        (
            "What happens when you call `free` twice?",
            "Undefined behavior",
            "What happens if `free` is called twice?",
            "Undefined behaviour",
        ),
        (
            "¿Cuál es la capital de Perú?",
            "Lima",
            "¿Cuál es la capital del Peru?",
            "Lima, en la costa",
        ),
        ("der Hund", "dog", "Hund", "the dog"),
        (
            "Was bedeutet 'Zeitgeist'?",
            "spirit of the age",
            "What does 'Zeitgeist' mean?",
            "the spirit of an age",
        ),
        (
            "What are the benefits of unit tests?",
            "Fast feedback and safe refactoring",
            "What are the advantages of unit tests?",
            "Fast feedback, safe refactoring",
        ),
        (
            "What is the time complexity of quicksort on average?",
            "O(n log n)",
            "What is the average time complexity of quicksort?",
            "$O(n \\log n)$",
        ),
        (
            "Что такое мьютекс?",
            "Блокировка, которую держит один поток",
            "Что такое мютекс?",
            "Блокировка, которую может держать один поток",
        ),
    ];
    for (front, back, new_front, new_back) in edits {
        let (old, new) = (basic(front, back), basic(new_front, new_back));
        assert!(are_joined(&old, &new), "{front} / {new_front}");
    }
}

#[test]
fn a_note_about_something_else_is_another() {
    let others = [
        (
            "What is a stack?",
            "A last-in first-out structure",
            "What is a queue?",
            "A first-in first-out structure",
        ),
        (
            "What does the left ventricle do?",
            "It pumps blood to the body",
            "What does the right ventricle do?",
            "It pumps blood to the lungs",
        ),
        ("Which planet is the largest?", "Jupiter", "Which planet is the smallest?", "Mercury"),
        ("When was Mozart born?", "1756", "When did Mozart die?", "1791"),
        ("Where was Mozart born?", "Salzburg", "Where did Mozart die?", "Vienna"),
        ("What is the past tense of go?", "went", "What is the past participle of go?", "gone"),
        (
            "What is the chemical formula of methane?",
            "CH4",
            "What is the chemical formula of ethane?",
            "C2H6",
        ),
        ("Is Python dynamically typed?", "Yes", "Is Ruby dynamically typed?", "Yes"),
        ("Does TCP guarantee order?", "Yes", "Does TCP guarantee delivery?", "Yes"),
        ("How many legs has a spider?", "8", "How many legs has a scorpion?", "8"),
        ("What is the plural of Maus?", "Mäuse", "What is the plural of Haus?", "Häuser"),
        ("What is the derivative of sin x?", "cos x", "What is the derivative of cos x?", "-sin x"),
        (
            "What does `mkdir` do?",
            "It creates a directory",
            "What does `rmdir` do?",
            "It removes a directory",
        ),
        ("What does `<` test?", "whether less", "What does `<=` test?", "whether less or equal"),
        (
            "Was ist ein Substantiv?",
            "Ein Wort für eine Sache",
            "Was ist ein Adjektiv?",
            "Ein Wort für eine Eigenschaft",
        ),
        ("hablar, yo", "hablo", "hablar, tú", "hablas"),
        ("la casa", "house", "la cama", "bed"),
        ("le poisson", "fish", "le poison", "poison"),
        ("desert", "dry land", "dessert", "sweet course"),
        (
            "What is an abstract class?",
            "A class that can't be instantiated",
            "What is an abstract method?",
            "A method without a body",
        ),
        (
            "What does afferent mean?",
            "Carrying toward the centre",
            "What does efferent mean?",
            "Carrying away from the centre",
        ),
        (
            "How do you convert str to bytes?",
            "`s.encode()`",
            "How do you convert bytes to str?",
            "`b.decode()`",
        ),
        (
            "What is a tree?",
            "A connected graph without cycles",
            "What is a binary tree?",
            "A tree whose nodes have at most two children",
        ),
        (
            "Which vitamin is found in carrots?",
            "Vitamin A",
            "Which vitamin is found in oranges?",
            "Vitamin C",
        ),
        ("Capital of Gambia?", "Banjul", "Capital of Zambia?", "Lusaka"),
        ("Capital of Slovakia?", "Bratislava", "Capital of Slovenia?", "Ljubljana"),
        ("Capital of Niger?", "Niamey", "Capital of Nigeria?", "Abuja"),
        ("Currency of Austria?", "Euro", "Currency of Australia?", "Australian dollar"),
        ("Currency of Sweden?", "Krona", "Currency of Iceland?", "Krona"),
        ("先生", "teacher", "学生", "student"),
        ("東京の人口は", "多い", "大阪の人口は", "多い"),
        ("食べる", "to eat", "食べられる", "can eat"),
        ("行く", "to go", "行った", "went"),
        ("日本の首都は", "東京", "中国の首都は", "北京"),
        (
            "What is the role of the producer?",
            "It writes messages to the topic",
            "What is the role of the consumer?",
            "It reads messages from the topic",
        ),
        (
            "What is upcasting?",
            "Casting to a base class",
            "What is downcasting?",
            "Casting to a derived class",
        ),
        (
            "What does the OR gate output for 0 and 1?",
            "1",
            "What does the AND gate output for 0 and 1?",
            "0",
        ),
        (
            "Why use an interface?",
            "To decouple callers from implementations",
            "When use an interface?",
            "If callers need several implementations",
        ),
        (
            "What is a process?",
            "A running program with its own memory",
            "What is a thread?",
            "A running part of a program that shares memory",
        ),
        (
            "Who founded Microsoft?",
            "Bill Gates and Paul Allen",
            "When was Microsoft founded?",
            "1975",
        ),
        (
            "What is mitosis?",
            "Division into two identical cells",
            "What is meiosis?",
            "Division into four different cells",
        ),
        (
            "What does an osteoblast do?",
            "It builds bone",
            "What does an osteoclast do?",
            "It breaks down bone",
        ),
        ("What is the symbol of potassium?", "K", "What is the symbol of phosphorus?", "P"),
        (
            "What is stored in the hippocampus?",
            "New memories",
            "What is stored in the amygdala?",
            "Emotional memories",
        ),
        ("What is the opposite of hot?", "cold", "What is the opposite of cold?", "hot"),
        ("ser, yo", "soy", "estar, yo", "estoy"),
        (
            "What does a compiler do?",
            "Translates source code to machine code before it runs",
            "What does an interpreter do?",
            "Runs source code line by line",
        ),
        (
            "How do you create a branch?",
            "`git branch x`",
            "How do you delete a branch?",
            "`git branch -d x`",
        ),
        (
            "What does the accusative mark?",
            "The direct object",
            "What does the dative mark?",
            "The indirect object",
        ),
        ("What is the unit of force?", "Newton", "What is the unit of energy?", "Joule"),
        (
            "What is a mutex?",
            "A lock one thread at a time can hold",
            "What is a semaphore?",
            "A lock a number of threads can hold",
        ),
        ("What is the atomic number of carbon?", "6", "What is the atomic mass of carbon?", "12"),
        (
            "What does `i++` evaluate to?",
            "The old value",
            "What does `++i` evaluate to?",
            "The new value",
        ),
        (
            "How do plants get nitrogen?",
            "From the soil through their roots",
            "How do plants get carbon?",
            "From the air through their leaves",
        ),
        (
            "Which is the longest river in Africa?",
            "Nile",
            "Which is the longest river in Asia?",
            "Yangtze",
        ),
        (
            "What is the boiling point of water?",
            "100 °C",
            "What is the freezing point of water?",
            "0 °C",
        ),
        ("mangio", "I eat", "mangi", "you eat"),
        ("der Hund", "dog", "die Hunde", "dogs"),
        ("Ich werde essen", "I will eat", "Ich würde essen", "I would eat"),
        (
            "毎朝コーヒーを飲みます",
            "I drink coffee every morning",
            "毎朝コーヒーを飲みました",
            "I drank coffee every morning",
        ),
        (
            "I drink coffee every morning",
            "毎朝コーヒーを飲みます",
            "I drank coffee every morning",
            "毎朝コーヒーを飲みました",
        ),
        (
            "Ho mangiato la pizza con mio fratello ieri",
            "I have eaten pizza with my brother yesterday",
            "Avevo mangiato la pizza con mio fratello ieri",
            "I had eaten pizza with my brother yesterday",
        ),
        (
            "Bevo il caffè ogni mattina al bar con gli amici",
            "I drink coffee every morning at the bar with friends",
            "Beviamo il caffè ogni mattina al bar con gli amici",
            "We drink coffee every morning at the bar with friends",
        ),
        (
            "What is the currency of Slovakia?",
            "Euro",
            "What is the currency of Slovenia?",
            "The euro",
        ),
        (
            "What is an index?",
            "A sorted copy of a column",
            "What is an index for?",
            "To find rows quickly",
        ),
        ("canción", "song", "canciones", "songs"),
        (
            "What is an operand?",
            "A value that an operator works on",
            "What is an operator?",
            "A sign that works on values",
        ),
        (
            "What is a strong acid?",
            "One that dissociates fully",
            "What is a weak acid?",
            "One that dissociates partly",
        ),
    ];
    for (front, back, other_front, other_back) in others {
        let (one, other) = (basic(front, back), basic(other_front, other_back));
        assert!(!are_joined(&one, &other), "{front} / {other_front}");
        assert!(!are_joined(&other, &one), "{other_front} / {front}");
    }
}

#[test]
fn a_clozes_deletions_vouch_for_its_sentence() {
    for (a, b, join) in [
        (
            "{{Paris}} is the capital of {{France}}",
            "The capital of {{France}} is {{Paris}}, on the Seine",
            true,
        ),
        (
            "Water boils at {{100}} degrees",
            "At sea level, water boils at {{100}} degrees Celsius",
            true,
        ),
        ("{{Helium}} is a noble gas.", "{{Neon}} is a noble gas.", false),
        ("{{DNA}} is read by polymerase", "{{RNA}} is read by ribosomes", false),
        ("The {{left}} lobe has two parts", "The {{right}} lobe has two parts", false),
        ("In 1914 {{World War I}} began", "In 1939 {{World War II}} began", false),
        ("{{TCP}} guarantees delivery", "{{UDP}} guarantees nothing", false),
        (
            "A verb in the {{indicative}} states a fact.",
            "A verb in the {{subjunctive}} states a wish.",
            false,
        ),
        (
            "{{Photosynthesis}} turns light into sugar.",
            "{{Respiration}} turns sugar into energy.",
            false,
        ),
        (
            "Sunlight is turned into sugar by {{photosynthesis}}.",
            "{{Photosynthesis}} turns sunlight into sugar.",
            true,
        ),
        ("{{東京}}は日本の首都です。", "日本の首都は{{東京}}です。", true),
        ("{{東京}}は日本の首都です。", "{{北京}}は中国の首都です。", false),
    ] {
        assert_eq!(are_joined(&cloze(a), &cloze(b)), join, "{a} / {b}");
    }
}
