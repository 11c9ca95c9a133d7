//! Pairs of notes, in the languages and subjects that people learn: `front | back => front | back`.

use super::similar::{Sides, similarity};
use crate::model::{Fields, Note};

const EDITED: &str = r##"
What is the captial of Australia? | Canbera => What is the capital of Australia? | Canberra
Why is the sky blue? | Rayleigh scattering favours short wavelengths => Why does the sky look blue? | Because Rayleigh scattering favours short wavelengths of light
What is Kubernetes? | An orchestrator for containers => What's Kubernetes? | A container orchestrator
Was ist ein Deadlock? | Zwei Prozesse warten gegenseitig auf Ressourcen => Was versteht man unter einem Deadlock? | Zwei Prozesse warten wechselseitig auf Ressourcen
Qu'est-ce que la photosynthèse? | La production de sucre à partir de lumière => Comment définir la photosynthèse ? | Production de sucre à partir de la lumière
How many chambers has the heart? | 4 => How many chambers does the human heart have? | 4
Is a whale a mammal? | Yes => Are whales mammals? | Yes
When did World War II end? | 1945 => In which year did World War II end? | 1945
What does HTTP status 301 mean? | Moved permanently => What is meant by HTTP status 301? | The resource has moved permanently
Explain the CAP theorem | A distributed store can have two of consistency, availability, partition tolerance => What does the CAP theorem state? | Of consistency, availability and partition tolerance a distributed store can have two
What's a goroutine? | A lightweight thread => What is a goroutine in Go? | A lightweight thread managed by the Go runtime
光合成とは何か | 光のエネルギーで糖を作ること => 光合成とは何ですか？ | 光のエネルギーで糖をつくること
什么是死锁 | 两个进程互相等待资源 => 什么是死锁？ | 两个进程互相等待对方的资源
What is the function of the mitochondria? | Produces energy => What is the function of mitochondria? | They produce energy for the cell
Define entropy | A measure of disorder => What is entropy? | A measure of the disorder in a system
What happens when you call `free` twice? | Undefined behavior => What happens if `free` is called twice? | Undefined behaviour
¿Cuál es la capital de Perú? | Lima => ¿Cuál es la capital del Peru? | Lima, en la costa
der Hund | dog => Hund | the dog
Was bedeutet 'Zeitgeist'? | spirit of the age => What does 'Zeitgeist' mean? | the spirit of an age
What are the benefits of unit tests? | Fast feedback and safe refactoring => What are the advantages of unit tests? | Fast feedback, safe refactoring
What is the time complexity of quicksort on average? | O(n log n) => What is the average time complexity of quicksort? | $O(n \log n)$
Что такое мьютекс? | Блокировка, которую держит один поток => Что такое мютекс? | Блокировка, которую может держать один поток
What is the role of a foreign key? | It refers to a row of another table. => What is a foreign key for? | It points at a row of another table.
How many bits are in a byte? | 8 => How many bits does a byte have? | 8
How many days has a leap year? | 366 => How many days are there in a leap year? | 366
What do you call a word that imitates a sound? | Onomatopoeia, as in "buzz" => What is a word called that imitates a sound? | Onomatopoeia (buzz, hiss)
What is a race condition? | When the result depends on the timing of threads => What's a race condition? | A fault where the outcome depends on the timing of threads
What is backpressure? | The receiver slows down the sender => Define backpressure. | A way for a receiver to slow down a sender that is too fast
Name the process by which plants make sugar | Photosynthesis: light, water, carbon dioxide => What is the process called by which plants make sugar? | Photosynthesis, from light, water and carbon dioxide
What does a compiler do? | Translates source code into machine code => What is the job of a compiler? | To translate source code into machine code
What is the difference between TCP and UDP? | TCP is reliable, UDP is not => How do TCP and UDP differ? | TCP is reliable, UDP isn't
What's the purpose of a load balancer? | Distributes requests over servers => What is a load balancer's purpose? | It distributes requests over several servers
Why do we use version control? | To track changes and work together => Why use version control? | To keep track of changes and to work together
What is technical debt? | Shortcuts that cost later => What do we mean by technical debt? | Shortcuts in the code that cost more later
What does DRY stand for? | Don't repeat yourself => What does the acronym DRY stand for? | Don't Repeat Yourself.
How does Docker isolate processes? | With namespaces and cgroups => What does Docker use to isolate processes? | Namespaces and cgroups of the kernel
What is the mitochondrion's job? | Making ATP => What is the job of the mitochondrion? | It makes ATP
What does the liver produce? | Bile => What does the liver produce for digestion? | Bile, stored in the gallbladder
What is a sonnet? | A poem of fourteen lines => What is a sonnet? (poetry) | A poem of fourteen lines, often about love
What happens in the Krebs cycle? | Acetyl groups are oxidised to carbon dioxide => What happens during the Krebs cycle? | Acetyl groups are oxidized and carbon dioxide is released
What is the Doppler effect? | Change of frequency by motion => What is meant by "Doppler effect"? | The change of a wave's frequency by motion of source or listener
What is the law of demand? | If price rises, demand falls => State the law of demand. | When the price rises, the quantity demanded falls
What is a monopoly? | A market with one seller => What is a monopoly in economics? | A market in which there is only one seller
What is oportunity cost? | The value of the best alternative => What is opportunity cost? | The value of the next best alternative given up
Warum ist der Himmel blau? | Kurze Wellen werden stärker gestreut => Weshalb ist der Himmel blau? | Weil kurze Wellen stärker gestreut werden
Was macht eine Firewall? | Sie filtert Pakete nach Regeln => Was tut eine Firewall? | Sie filtert Pakete anhand von Regeln
Qu'est-ce qu'un verbe? | Un mot qui exprime une action => Qu'est-ce qu'un verbe ? | Mot exprimant une action ou un état
¿Qué es la fotosíntesis? | Proceso por el que las plantas hacen azúcar => Que es la fotosintesis | El proceso por el cual las plantas hacen azúcar
Where does photosynthesis take place? | In the chloroplasts => In which organelle does photosynthesis take place? | The chloroplast
Which layer of the OSI model does IP belong to? | Network layer => To which OSI layer does IP belong? | The network layer
What does `git stash` do? | Puts changes aside => What is `git stash` for? | Putting uncommitted changes aside
What does `chmod +x f` do? | Makes f executable => What does `chmod +x f` do to a file? | It makes the file executable
What is Big O notation? | An upper bound on growth => What is big-O notation? | It gives an upper bound of a function's growth
What does the `yield` keyword do in Python? | Makes a function a generator => What does `yield` do in Python? | It turns a function into a generator
What is a deadlock? | Two threads wait for each other forever => What is a dead lock? | Two threads which wait for each other for ever
Wht is teh purpose of an index? | faster lookups => What is the purpose of an index? | Faster lookups by key
What is the Recieve Buffer? | Where packets wait => What is the receive buffer? | Where packets wait to be read
Kubernetes: what is a pod? | Smallest unit of deployment => What is a pod in Kubernetes? | The smallest unit of deployment
CAP theorem | Consistency, availability, partition tolerance: choose two => What does the CAP theorem say? | Of consistency, availability and partition tolerance one can choose two
SLO vs SLA? | SLO is internal, SLA is a contract => What is the difference between an SLO and an SLA? | An SLO is an internal goal, an SLA is a contract
Why is UTF-8 popular? | ASCII compatible and compact => Why is UTF-8 so popular? | Because it's compatible with ASCII, and compact
What does the stomach's acid do? | It breaks down proteins and kills germs => What is the function of stomach acid? | It breaks down proteins and kills germs in food
"##;

const REPLACED: &str = r##"
What is a stack? | A last-in first-out structure => What is a queue? | A first-in first-out structure
What does the left ventricle do? | It pumps blood to the body => What does the right ventricle do? | It pumps blood to the lungs
Which planet is the largest? | Jupiter => Which planet is the smallest? | Mercury
When was Mozart born? | 1756 => When did Mozart die? | 1791
Where was Mozart born? | Salzburg => Where did Mozart die? | Vienna
What is the past tense of go? | went => What is the past participle of go? | gone
What is the chemical formula of methane? | CH4 => What is the chemical formula of ethane? | C2H6
Is Python dynamically typed? | Yes => Is Ruby dynamically typed? | Yes
Does TCP guarantee order? | Yes => Does TCP guarantee delivery? | Yes
How many legs has a spider? | 8 => How many legs has a scorpion? | 8
What is the plural of Maus? | Mäuse => What is the plural of Haus? | Häuser
What is the derivative of sin x? | cos x => What is the derivative of cos x? | -sin x
What does `mkdir` do? | It creates a directory => What does `rmdir` do? | It removes a directory
What does `<` test? | whether less => What does `<=` test? | whether less or equal
Was ist ein Substantiv? | Ein Wort für eine Sache => Was ist ein Adjektiv? | Ein Wort für eine Eigenschaft
hablar, yo | hablo => hablar, tú | hablas
la casa | house => la cama | bed
le poisson | fish => le poison | poison
desert | dry land => dessert | sweet course
What is an abstract class? | A class that can't be instantiated => What is an abstract method? | A method without a body
What does afferent mean? | Carrying toward the centre => What does efferent mean? | Carrying away from the centre
How do you convert str to bytes? | `s.encode()` => How do you convert bytes to str? | `b.decode()`
What is a tree? | A connected graph without cycles => What is a binary tree? | A tree whose nodes have at most two children
Which vitamin is found in carrots? | Vitamin A => Which vitamin is found in oranges? | Vitamin C
Capital of Gambia? | Banjul => Capital of Zambia? | Lusaka
Capital of Slovakia? | Bratislava => Capital of Slovenia? | Ljubljana
Capital of Niger? | Niamey => Capital of Nigeria? | Abuja
Currency of Austria? | Euro => Currency of Australia? | Australian dollar
Currency of Sweden? | Krona => Currency of Iceland? | Krona
先生 | teacher => 学生 | student
東京の人口は | 多い => 大阪の人口は | 多い
食べる | to eat => 食べられる | can eat
行く | to go => 行った | went
日本の首都は | 東京 => 中国の首都は | 北京
What is the role of the producer? | It writes messages to the topic => What is the role of the consumer? | It reads messages from the topic
What is upcasting? | Casting to a base class => What is downcasting? | Casting to a derived class
What does the OR gate output for 0 and 1? | 1 => What does the AND gate output for 0 and 1? | 0
Why use an interface? | To decouple callers from implementations => When use an interface? | If callers need several implementations
What is a process? | A running program with its own memory => What is a thread? | A running part of a program that shares memory
Who founded Microsoft? | Bill Gates and Paul Allen => When was Microsoft founded? | 1975
What is mitosis? | Division into two identical cells => What is meiosis? | Division into four different cells
What does an osteoblast do? | It builds bone => What does an osteoclast do? | It breaks down bone
What is the symbol of potassium? | K => What is the symbol of phosphorus? | P
What is stored in the hippocampus? | New memories => What is stored in the amygdala? | Emotional memories
What is the opposite of hot? | cold => What is the opposite of cold? | hot
ser, yo | soy => estar, yo | estoy
What does a compiler do? | Translates source code to machine code before it runs => What does an interpreter do? | Runs source code line by line
How do you create a branch? | `git branch x` => How do you delete a branch? | `git branch -d x`
What does the accusative mark? | The direct object => What does the dative mark? | The indirect object
What is the unit of force? | Newton => What is the unit of energy? | Joule
What is a mutex? | A lock one thread at a time can hold => What is a semaphore? | A lock a number of threads can hold
What is the atomic number of carbon? | 6 => What is the atomic mass of carbon? | 12
What does `i++` evaluate to? | The old value => What does `++i` evaluate to? | The new value
How do plants get nitrogen? | From the soil through their roots => How do plants get carbon? | From the air through their leaves
Which is the longest river in Africa? | Nile => Which is the longest river in Asia? | Yangtze
What is the boiling point of water? | 100 °C => What is the freezing point of water? | 0 °C
mangio | I eat => mangi | you eat
der Hund | dog => die Hunde | dogs
Ich werde essen | I will eat => Ich würde essen | I would eat
毎朝コーヒーを飲みます | I drink coffee every morning => 毎朝コーヒーを飲みました | I drank coffee every morning
I drink coffee every morning | 毎朝コーヒーを飲みます => I drank coffee every morning | 毎朝コーヒーを飲みました
Ho mangiato la pizza con mio fratello ieri | I have eaten pizza with my brother yesterday => Avevo mangiato la pizza con mio fratello ieri | I had eaten pizza with my brother yesterday
Bevo il caffè ogni mattina al bar con gli amici | I drink coffee every morning at the bar with friends => Beviamo il caffè ogni mattina al bar con gli amici | We drink coffee every morning at the bar with friends
What is the currency of Slovakia? | Euro => What is the currency of Slovenia? | The euro
What is an index? | A sorted copy of a column => What is an index for? | To find rows quickly
canción | song => canciones | songs
What is an operand? | A value that an operator works on => What is an operator? | A sign that works on values
What is a strong acid? | One that dissociates fully => What is a weak acid? | One that dissociates partly
cantar, imperfect, tú | cantabas => contar, imperfect, tú | contabas
tú hablas con mi hermano en la plaza | you talk with my brother in the square => tú hablarás con mi hermano en la plaza | you will talk with my brother in the square
Which element has the symbol Be? | Beryllium => Which element has the symbol Bk? | Berkelium
大学 | university => 大学生 | university student
Ich sehe den Mann im Park | I see the man in the park => Ich sehe die Frau im Park | I see the woman in the park
Ich werde den Mann im Park sehen | I will see the man in the park => Ich würde den Mann im Park sehen | I would see the man in the park
He sees the man in the park | Er sieht den Mann im Park => Do you see the man in the park? | Siehst du den Mann im Park?
The dog bites the man | Der Hund beißt den Mann => The man bites the dog | Der Mann beißt den Hund
我喜欢喝茶 | I like drinking tea => 我不喜欢喝茶 | I do not like drinking tea
What is the relative minor of C major? | A minor => What is the relative minor of G major? | E minor
What happens to demand when the price rises? | Demand falls. => What happens to demand when the price falls? | Demand rises.
"##;

const EDITED_CLOZES: &str = "
{{Paris}} is the capital of {{France}} => The capital of {{France}} is {{Paris}}, on the Seine
Water boils at {{100}} degrees => At sea level, water boils at {{100}} degrees Celsius
Sunlight is turned into sugar by {{photosynthesis}}. => {{Photosynthesis}} turns sunlight into sugar.
{{東京}}は日本の首都です。 => 日本の首都は{{東京}}です。
";

const REPLACED_CLOZES: &str = "
{{Helium}} is a noble gas. => {{Neon}} is a noble gas.
{{DNA}} is read by polymerase => {{RNA}} is read by ribosomes
The {{left}} lobe has two parts => The {{right}} lobe has two parts
In 1914 {{World War I}} began => In 1939 {{World War II}} began
{{TCP}} guarantees delivery => {{UDP}} guarantees nothing
A verb in the {{indicative}} states a fact. => A verb in the {{subjunctive}} states a wish.
{{Photosynthesis}} turns light into sugar. => {{Respiration}} turns sugar into energy.
{{東京}}は日本の首都です。 => {{北京}}は中国の首都です。
{{Ce}} is the symbol of {{cerium}}. => {{Cm}} is the symbol of {{curium}}.
{{Oslo}} is the capital of {{Norway}}. => {{Warsaw}} is the capital of {{Poland}}.
";

fn pairs(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.trim().lines().map(|line| line.split_once(" => ").unwrap())
}

fn basic(sides: &str) -> Note {
    let (front, back) = sides.split_once(" | ").unwrap();
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
    for (old, new) in pairs(EDITED) {
        assert!(are_joined(&basic(old), &basic(new)), "{old} => {new}");
    }
    for (old, new) in pairs(EDITED_CLOZES) {
        assert!(are_joined(&cloze(old), &cloze(new)), "{old} => {new}");
    }
}

#[test]
fn a_note_about_something_else_is_another() {
    for (one, other) in pairs(REPLACED) {
        assert!(!are_joined(&basic(one), &basic(other)), "{one} => {other}");
        assert!(!are_joined(&basic(other), &basic(one)), "{other} => {one}");
    }
    for (one, other) in pairs(REPLACED_CLOZES) {
        assert!(!are_joined(&cloze(one), &cloze(other)), "{one} => {other}");
        assert!(!are_joined(&cloze(other), &cloze(one)), "{other} => {one}");
    }
}
