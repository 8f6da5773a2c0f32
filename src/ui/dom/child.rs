//! What can stand in an element: elements, texts, nothing, several of these, and closures that
//! give any of them anew whenever a signal in them changes.

use web_sys::{Comment, DocumentFragment, Node, Text};

use super::{
    attribute::Text as Data,
    call::Call,
    element::{El, Inner, Part, append},
};
use crate::{i18n::Words, ui::reactive::*};

/// Nodes on their way into an element, and what keeps them alive.
#[derive(Default)]
pub struct Fragment {
    pub(super) nodes: Vec<Node>,
    pub(super) parts: Vec<Part>,
}

/// Any child as one type, for the arms of a `match`.
pub fn fragment(child: impl Child) -> Fragment {
    let mut fragment = Fragment::default();
    child.add(&mut fragment);
    fragment
}

pub trait Child: Sized + 'static {
    fn add(self, to: &mut Fragment);

    /// Adds what `read` gives, and replaces it when that changes.
    fn add_reactive(mut read: impl FnMut() -> Self + 'static, to: &mut Fragment) {
        replace_between_marks(Box::new(move |()| fragment(read())), to);
    }
}

impl Child for Fragment {
    fn add(self, to: &mut Fragment) {
        to.nodes.extend(self.nodes);
        to.parts.extend(self.parts);
    }
}

impl Child for El {
    fn add(self, to: &mut Fragment) {
        to.nodes.push(self.0.node.into());
        to.parts.extend(self.0.parts);
    }
}

impl Child for () {
    fn add(self, _: &mut Fragment) {}
}

impl<T: Child> Child for Option<T> {
    fn add(self, to: &mut Fragment) {
        if let Some(child) = self {
            child.add(to);
        }
    }
}

impl<T: Child> Child for Vec<T> {
    fn add(self, to: &mut Fragment) {
        for child in self {
            child.add(to);
        }
    }
}

/// A text that is no word: the same in every language.
pub struct Sign(pub &'static str);

impl Child for Sign {
    fn add(self, to: &mut Fragment) {
        add_text(self.0, to);
    }
}

impl Child for Words {
    fn add(self, to: &mut Fragment) {
        add_text(&self.text(), to);
    }

    fn add_reactive(mut read: impl FnMut() -> Self + 'static, to: &mut Fragment) {
        update_text(Box::new(move |()| read().text()), to);
    }
}

impl Child for Data {
    fn add(self, to: &mut Fragment) {
        add_text(&self, to);
    }

    fn add_reactive(mut read: impl FnMut() -> Self + 'static, to: &mut Fragment) {
        update_text(Box::new(move |()| read()), to);
    }
}

impl Child for String {
    fn add(self, to: &mut Fragment) {
        add_text(&self, to);
    }

    fn add_reactive(mut read: impl FnMut() -> Self + 'static, to: &mut Fragment) {
        update_text(Box::new(move |()| Data::Owned(read())), to);
    }
}

impl<F, C> Child for F
where
    F: FnMut() -> C + 'static,
    C: Child,
{
    fn add(self, to: &mut Fragment) {
        C::add_reactive(self, to);
    }
}

macro_rules! several {
    ($($name:ident)*) => {
        impl<$($name: Child),*> Child for ($($name,)*) {
            #[allow(non_snake_case, reason = "the types' names stand for their values")]
            fn add(self, to: &mut Fragment) {
                let ($($name,)*) = self;
                $($name.add(to);)*
            }
        }
    };
}

several!(A B);
several!(A B C);
several!(A B C D);
several!(A B C D E);
several!(A B C D E F);
several!(A B C D E F G);

fn add_text(text: &str, to: &mut Fragment) {
    if let Ok(node) = Text::new_with_data(text) {
        to.nodes.push(node.into());
    }
}

fn update_text(mut read: Box<dyn Call<(), Data>>, to: &mut Fragment) {
    let Ok(node) = Text::new() else { return };
    to.nodes.push(node.clone().into());
    to.parts.push(Part::Effect(render_effect(move || node.set_data(&read.call(())))));
}

/// Everything between two marks belongs to the closure: also what closures in it put there later.
fn replace_between_marks(mut read: Box<dyn Call<(), Fragment>>, to: &mut Fragment) {
    let (Ok(start), Ok(end)) = (Comment::new(), Comment::new()) else { return };
    // The first run needs a place for the nodes too; they go on from there to their element.
    let Ok(place) = DocumentFragment::new() else { return };
    append(&place, &start);
    append(&place, &end);
    let (inner, alive) = Inner::<Vec<Part>>::part();
    let effect = render_effect(move || {
        drop(alive.take());
        let fresh = read.call(());
        empty_between(&start, &end);
        if let Some(parent) = end.parent_node() {
            for node in &fresh.nodes {
                // Fails only for cycles.
                let _ = parent.insert_before(node, Some(&end));
            }
        }
        alive.replace(fresh.parts);
    });
    let mut next = place.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        to.nodes.push(node);
    }
    to.parts.extend([Part::Effect(effect), inner]);
}

fn empty_between(start: &Node, end: &Node) {
    let Some(parent) = start.parent_node() else { return };
    while let Some(node) = start.next_sibling().filter(|node| node != end) {
        let _ = parent.remove_child(&node);
    }
}
