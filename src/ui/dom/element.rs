//! One element: built by chained calls, alive as long as what it is part of.

use std::{any::Any, borrow::Cow, cell::RefCell, rc::Rc};

use leptos::ev::EventDescriptor;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, HtmlElement, Node};

use super::{
    attribute::{Attribute, Property},
    call::Call,
    child::{Child, Fragment},
};
use crate::{
    i18n::Language,
    ui::{browser, reactive::*},
};

/// Boxed, so that a chain of calls hands on a pointer, which is less code than handing on the whole.
pub struct El(pub(super) Box<Built>);

pub(super) struct Built {
    pub(super) node: Element,
    pub(super) parts: Vec<Part>,
}

/// What an element needs to stay alive for: dropping it stops it.
pub enum Part {
    Effect(#[allow(dead_code, reason = "stops when dropped")] RenderEffect<()>),
    Listener(#[allow(dead_code, reason = "stops when dropped")] Listener),
    /// What an effect made, which must end together with it. The effect's closure cannot own it:
    /// that lives until the executor looks at the task again, and the signals read in it do not.
    Inner(#[allow(dead_code, reason = "stops when dropped")] Box<dyn Any>),
}

/// The part of an effect's work that [`Part::Inner`] ends.
pub(super) struct Inner<T: Default>(Rc<RefCell<T>>);

impl<T: Default + 'static> Inner<T> {
    /// The part, and the handle by which the effect fills it.
    pub(super) fn part() -> (Part, Rc<RefCell<T>>) {
        let shared = Rc::<RefCell<T>>::default();
        (Part::Inner(Box::new(Self(shared.clone()))), shared)
    }
}

impl<T: Default> Drop for Inner<T> {
    fn drop(&mut self) {
        let ended = self.0.take();
        drop(ended);
    }
}

pub struct Listener {
    target: Element,
    name: Cow<'static, str>,
    call: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        // Never fails for a listener that was added.
        let _ = self.target.remove_event_listener_with_callback(&self.name, call);
    }
}

impl El {
    pub(super) fn new(tag: &'static str) -> Self {
        Self::create(|document| document.create_element(tag))
    }

    pub(super) fn new_svg(tag: &'static str) -> Self {
        Self::create(|document| document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag))
    }

    fn create(create: impl FnOnce(&Document) -> Result<Element, JsValue>) -> Self {
        // There is a document wherever this runs, and our tags are names that it takes.
        let node = browser::document().and_then(|document| create(&document).ok());
        let node = node.unwrap_or_else(|| JsValue::NULL.unchecked_into());
        Self(Box::new(Built { node, parts: Vec::new() }))
    }

    pub fn attr(mut self, name: &'static str, value: impl Attribute) -> Self {
        value.apply(&mut self, Target::Attribute(name));
        self
    }

    pub fn class(self, value: impl Attribute) -> Self {
        self.attr("class", value)
    }

    /// Adds a class for as long as something is so.
    pub fn class_if(mut self, name: &'static str, is_so: impl Fn() -> bool + 'static) -> Self {
        let classes = self.0.node.class_list();
        self.effect(Box::new(move |()| {
            // Fails only for names that are no names.
            let _ = classes.toggle_with_force(name, is_so());
        }));
        self
    }

    /// Sets a CSS property, through the CSSOM.
    pub fn style(mut self, name: &'static str, value: impl Attribute) -> Self {
        value.apply(&mut self, Target::Style(name));
        self
    }

    pub fn prop(mut self, name: &'static str, value: impl Property) -> Self {
        value.apply(&mut self, name);
        self
    }

    pub fn on<E>(mut self, event: E, mut handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        self.listen(event.name(), Box::new(move |event: Event| handler(event.unchecked_into())));
        self
    }

    pub fn child(mut self, child: impl Child) -> Self {
        let mut fragment = Fragment::default();
        child.add(&mut fragment);
        self.adopt(fragment);
        self
    }

    pub fn node_ref<T: JsCast + Clone + 'static>(self, node_ref: NodeRef<T>) -> Self {
        node_ref.0.set(Some(self.0.node.clone().unchecked_into()));
        self
    }

    pub(super) fn effect(&mut self, mut run: Box<dyn Call>) {
        self.0.parts.push(Part::Effect(render_effect(move || run.call(()))));
    }

    fn listen(&mut self, name: Cow<'static, str>, mut handler: Box<dyn Call<Event>>) {
        let language = Language::current();
        let call = Closure::<dyn FnMut(Event)>::new(move |event| {
            language.during(|| handler.call(event));
        });
        // Never fails on an element.
        let _ = self.0.node.add_event_listener_with_callback(&name, call.as_ref().unchecked_ref());
        self.0.parts.push(Part::Listener(Listener { target: self.0.node.clone(), name, call }));
    }

    fn adopt(&mut self, fragment: Fragment) {
        for node in fragment.nodes {
            append(&self.0.node, &node);
        }
        self.0.parts.extend(fragment.parts);
    }
}

pub(super) fn append(parent: &Node, child: &Node) {
    // Fails only for cycles and for parents that take no children.
    let _ = parent.append_child(child);
}

/// Where a value of [`Attribute`] goes.
#[derive(Clone, Copy)]
pub enum Target {
    Attribute(&'static str),
    Style(&'static str),
}

impl Target {
    /// Sets it, or removes it for `None`. Neither fails for the names that we use.
    pub(super) fn set(self, element: &Element, value: Option<&str>) {
        match (self, value) {
            (Self::Attribute(name), Some(value)) => {
                let _ = element.set_attribute(name, value);
            }
            (Self::Attribute(name), None) => {
                let _ = element.remove_attribute(name);
            }
            (Self::Style(name), value) => {
                let style = element.unchecked_ref::<HtmlElement>().style();
                let _ = style.set_property(name, value.unwrap_or_default());
            }
        }
    }
}

/// A handle to the node of an element, empty until that is built. Reading it in an effect waits
/// until it is in the page.
pub struct NodeRef<T: 'static>(RwSignal<Option<T>>);

impl<T> Clone for NodeRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NodeRef<T> {}

impl<T> Default for NodeRef<T> {
    fn default() -> Self {
        Self(RwSignal::new(None))
    }
}

impl<T: Clone> NodeRef<T> {
    pub fn get(self) -> Option<T> {
        self.0.get()
    }

    pub fn get_untracked(self) -> Option<T> {
        self.0.try_get_untracked().flatten()
    }
}
