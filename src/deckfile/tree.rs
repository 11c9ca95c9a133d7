//! A YAML text as a tree whose every node knows its place, as far as the text can be read.

use super::bytes::DEEPEST;
use super::diagnostic::{Diagnostic, Place, Span};
use super::lines::Lines;
use super::syntax;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// What a text may expand to by its aliases: this many times its own size, and
pub(super) const EXPANSION: u64 = 10;
/// this many bytes more.
const EXPANSION_BASE: u64 = 1 << 20;
/// What a node counts as besides its text.
const NODE: u64 = 16;
/// How often aliases are followed: this many times for each node. The fast pass's own limit.
const JUMPS: u64 = 100;

/// Points to a node of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(usize);

/// What a node is.
#[derive(Debug)]
pub(super) enum Value<'t> {
    /// Text; `plain` is without quotes, on one line or folded.
    Text { text: Cow<'t, str>, plain: bool },
    /// Items.
    List(Vec<Id>),
    /// Keys and values, in order, as often as they are written. At a fault a value may lack.
    Map(Vec<(Id, Option<Id>)>),
}

#[derive(Debug)]
enum Node<'t> {
    Value(Value<'t>),
    Alias(Id),
}

#[derive(Debug)]
struct Placed<'t> {
    node: Node<'t>,
    span: Span,
    /// The place after the closing bracket of a collection that has one.
    closed: Option<Place>,
    /// Whether all of it has been read.
    whole: bool,
    /// What it expands to.
    size: u64,
    jumps: u64,
}

/// A YAML text as a tree.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    nodes: Vec<Placed<'t>>,
    /// The node that is the document, if there is one.
    pub root: Option<Id>,
    /// What is wrong with the text as YAML: tags, aliases, documents.
    pub faults: Vec<Diagnostic>,
    /// Where the reading ended early, and why; the reader of the fast pass has the last word.
    pub syntax: Option<Diagnostic>,
    /// Whether the text was read to its end.
    pub ended: bool,
}

impl<'t> Tree<'t> {
    /// Reads a text.
    pub fn read(text: &'t str, lines: &Lines) -> Self {
        let tree =
            Tree { nodes: Vec::new(), root: None, faults: Vec::new(), syntax: None, ended: false };
        let mut reader = Reader {
            tree,
            open: Vec::new(),
            just_ended: Vec::new(),
            anchors: HashMap::new(),
            unused: BTreeMap::new(),
            budget: EXPANSION * text.len() as u64 + EXPANSION_BASE,
            spent: 0,
            jumps: 0,
            documents: 0,
        };
        let mut parser = Parser::new_from_str(text);
        let mut end = Marker::new(0, 1, 0);
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, span)) => {
                    let place = Span { start: place(&span.start), end: place(&span.end) };
                    if reader.take(event, place).is_break() {
                        break;
                    }
                    end = span.end;
                }
                // The scanner's own limit lies above ours, but it may look ahead.
                Err(fault) if fault.info() == "recursion limit exceeded" => {
                    let at = place(fault.marker());
                    reader.tree.faults.push(too_deep(Span::of_length(at, 1)));
                    break;
                }
                Err(fault) => {
                    let open = reader.open.last().map(|id| reader.tree.span(*id));
                    let fault = syntax::fault(text, lines, &fault, place(&end), open);
                    reader.tree.syntax = Some(fault);
                    reader.reopen();
                    break;
                }
            }
        }
        if reader.tree.ended {
            reader.warn_of_unused_names(text, lines);
        }
        reader.tree
    }

    /// The value of a node; of an alias, that of what it names.
    pub fn value(&self, id: Id) -> &Value<'t> {
        match &self.nodes[id.0].node {
            Node::Value(value) => value,
            Node::Alias(named) => self.value(*named),
        }
    }

    /// Where a node is written; of a collection, where it starts.
    pub fn span(&self, id: Id) -> Span {
        self.nodes[id.0].span
    }

    /// Whether a node stands for another.
    pub fn is_alias(&self, id: Id) -> bool {
        matches!(self.nodes[id.0].node, Node::Alias(_))
    }

    /// The place after the closing bracket of a node, if it is a collection in brackets.
    pub fn closed(&self, id: Id) -> Option<Place> {
        self.nodes[id.0].closed
    }

    /// The node with which a node's text ends: one inside of it, or itself if that is text, an
    /// alias, or in brackets. A value that is not written has no text: its key is the last then.
    pub fn last(&self, id: Id) -> Id {
        let Placed { node, closed: None, .. } = &self.nodes[id.0] else { return id };
        match node {
            Node::Value(Value::List(items)) => items.last().map_or(id, |item| self.last(*item)),
            Node::Value(Value::Map(pairs)) => match pairs.last() {
                Some((_, Some(value))) if self.is_written(*value) => self.last(*value),
                Some((key, _)) => self.last(*key),
                None => id,
            },
            Node::Value(Value::Text { .. }) | Node::Alias(_) => id,
        }
    }

    fn is_written(&self, id: Id) -> bool {
        let Placed { node, span, .. } = &self.nodes[id.0];
        !matches!(node, Node::Value(Value::Text { .. })) || span.start != span.end
    }

    /// Whether a node has been read to its end.
    pub fn is_whole(&self, id: Id) -> bool {
        match self.nodes[id.0].node {
            Node::Value(_) => self.nodes[id.0].whole,
            Node::Alias(named) => self.is_whole(named),
        }
    }
}

fn place(marker: &Marker) -> Place {
    Place { line: marker.line(), column: marker.col() + 1 }
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(span, format!("this is nested deeper than {DEEPEST} levels"))
}

struct Reader<'t> {
    tree: Tree<'t>,
    /// The collections that have not ended.
    open: Vec<Id>,
    /// The collections that ended with the last events.
    just_ended: Vec<Id>,
    anchors: HashMap<usize, Id>,
    /// Anchors without an alias so far.
    unused: BTreeMap<usize, Span>,
    budget: u64,
    spent: u64,
    jumps: u64,
    documents: usize,
}

type Go = std::ops::ControlFlow<()>;

impl<'t> Reader<'t> {
    fn take(&mut self, event: Event<'t>, span: Span) -> Go {
        if !matches!(event, Event::SequenceEnd | Event::MappingEnd) {
            self.just_ended.clear();
        }
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let fault = Diagnostic::error(span, "a second document starts here");
                    let help = "a file is one deck: put this one into its own file";
                    self.tree.faults.push(fault.help(help));
                    return Go::Break(());
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(tag.as_deref(), span);
                let plain = style == ScalarStyle::Plain;
                let size = text.len() as u64 + NODE;
                let id = self.add(Node::Value(Value::Text { text, plain }), span, size);
                self.name(anchor, id);
            }
            Event::SequenceStart(anchor, tag) => {
                return self.start(Value::List(Vec::new()), anchor, tag.as_deref(), span);
            }
            Event::MappingStart(anchor, tag) => {
                return self.start(Value::Map(Vec::new()), anchor, tag.as_deref(), span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => return self.alias(anchor, span),
            Event::StreamEnd => self.tree.ended = true,
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
        }
        Go::Continue(())
    }

    fn refuse(&mut self, tag: Option<&Tag>, span: Span) {
        if let Some(tag) = tag {
            let written = match tag.handle.as_str() {
                "tag:yaml.org,2002:" => format!("!!{}", tag.suffix),
                handle => format!("{handle}{}", tag.suffix),
            };
            let message = format!("`{written}` is a tag of YAML, and a deck file has none");
            let fault = Diagnostic::error(span, message);
            self.tree.faults.push(fault.help("put text that starts with `!` in quotes"));
        }
    }

    fn start(&mut self, value: Value<'t>, anchor: usize, tag: Option<&Tag>, span: Span) -> Go {
        self.refuse(tag, span);
        let id = self.add(Node::Value(value), span, NODE);
        self.tree.nodes[id.0].whole = false;
        self.name(anchor, id);
        self.open.push(id);
        if self.open.len() > DEEPEST {
            self.tree.faults.push(too_deep(span));
            return Go::Break(());
        }
        Go::Continue(())
    }

    fn end(&mut self, span: Span) {
        let Some(id) = self.open.pop() else { return };
        self.tree.nodes[id.0].whole = true;
        // What is in no brackets ends where something else starts, with no character of its own.
        let bracket = Place { column: span.start.column + 1, ..span.start };
        self.tree.nodes[id.0].closed = (span.start != span.end).then_some(bracket);
        self.just_ended.push(id);
        let Placed { size, jumps, .. } = self.tree.nodes[id.0];
        if let Some(parent) = self.open.last() {
            let parent = &mut self.tree.nodes[parent.0];
            parent.size = parent.size.saturating_add(size);
            parent.jumps = parent.jumps.saturating_add(jumps);
        }
    }

    /// At a fault, what seemed to end right before it may well have been meant to go on.
    fn reopen(&mut self) {
        for id in self.just_ended.drain(..) {
            self.tree.nodes[id.0].whole = false;
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Go {
        self.unused.remove(&anchor);
        let Some(&named) = self.anchors.get(&anchor) else { return Go::Continue(()) };
        if !self.tree.nodes[named.0].whole {
            let message = "this alias stands inside of what it names";
            self.tree.faults.push(Diagnostic::error(span, message));
            return Go::Break(());
        }
        let Placed { size, jumps, .. } = self.tree.nodes[named.0];
        let id = self.add(Node::Alias(named), span, size);
        let jumps = jumps.saturating_add(1);
        self.tree.nodes[id.0].jumps = jumps;
        if let Some(parent) = self.open.last() {
            let parent = &mut self.tree.nodes[parent.0];
            parent.jumps = parent.jumps.saturating_add(jumps);
        }
        self.jumps = self.jumps.saturating_add(jumps);
        if self.spent > self.budget || self.jumps > JUMPS * self.tree.nodes.len() as u64 {
            let message = format!("aliases expand to over {EXPANSION} times this file");
            self.tree.faults.push(Diagnostic::error(span, message));
            return Go::Break(());
        }
        Go::Continue(())
    }

    fn name(&mut self, anchor: usize, id: Id) {
        if anchor > 0 {
            self.anchors.insert(anchor, id);
            self.unused.insert(anchor, self.tree.span(id));
        }
    }

    /// Adds a node where it stands: as the document, an item, a key, or the last key's value.
    fn add(&mut self, node: Node<'t>, span: Span, size: u64) -> Id {
        let id = Id(self.tree.nodes.len());
        let leaf = matches!(node, Node::Alias(_) | Node::Value(Value::Text { .. }));
        self.tree.nodes.push(Placed { node, span, closed: None, whole: true, size, jumps: 0 });
        self.spent = self.spent.saturating_add(size);
        match self.open.last() {
            None => self.tree.root = Some(id),
            Some(parent) => {
                let parent = &mut self.tree.nodes[parent.0];
                if leaf {
                    parent.size = parent.size.saturating_add(size);
                }
                match &mut parent.node {
                    Node::Value(Value::List(items)) => items.push(id),
                    Node::Value(Value::Map(pairs)) => match pairs.last_mut() {
                        Some((_, value @ None)) => *value = Some(id),
                        _ => pairs.push((id, None)),
                    },
                    Node::Value(Value::Text { .. }) | Node::Alias(_) => {}
                }
            }
        }
        id
    }

    /// Text that starts with `&` is easily meant as text, and silently loses its first word.
    fn warn_of_unused_names(&mut self, text: &str, lines: &Lines) {
        for span in self.unused.values() {
            let written = lines.from(text, span.start);
            let name: String = written.chars().take_while(|c| !c.is_whitespace()).collect();
            if name.starts_with('&') {
                let span = Span::of_length(span.start, name.chars().count());
                let message = format!("`{name}` is no text but a name that nothing uses");
                let warning = Diagnostic::warning(span, message);
                self.tree.faults.push(warning.help("put text that starts with `&` in quotes"));
            }
        }
    }
}
