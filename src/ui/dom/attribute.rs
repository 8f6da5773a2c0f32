//! Values of attributes, style properties and DOM properties: a text, a maybe, or a closure that
//! is read again whenever a signal in it changes.

use std::borrow::Cow;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::{
    call::Call,
    element::{El, Target},
};
use crate::i18n::Words;

pub type Text = Cow<'static, str>;

/// What an attribute can be set to; `None` removes it.
pub trait Value {
    fn value(self) -> Option<Text>;
}

impl Value for &'static str {
    fn value(self) -> Option<Text> {
        Some(Cow::Borrowed(self))
    }
}

impl Value for String {
    fn value(self) -> Option<Text> {
        Some(Cow::Owned(self))
    }
}

impl Value for Text {
    fn value(self) -> Option<Text> {
        Some(self)
    }
}

impl Value for Words {
    fn value(self) -> Option<Text> {
        Some(self.text())
    }
}

impl<T: Value> Value for Option<T> {
    fn value(self) -> Option<Text> {
        self.and_then(Value::value)
    }
}

pub trait Attribute {
    fn apply(self, element: &mut El, target: Target);
}

macro_rules! constant {
    ($($kind:ty),*) => {$(
        impl Attribute for $kind {
            fn apply(self, element: &mut El, target: Target) {
                target.set(&element.0.node, self.value().as_deref());
            }
        }
    )*};
}

constant!(&'static str, String, Words, Option<&'static str>, Option<String>, Option<Words>);

impl<F, V> Attribute for F
where
    F: FnMut() -> V + 'static,
    V: Value,
{
    fn apply(mut self, element: &mut El, target: Target) {
        reactive(element, target, Box::new(move |()| self().value()));
    }
}

fn reactive(element: &mut El, target: Target, mut read: Box<dyn Call<(), Option<Text>>>) {
    let node = element.0.node.clone();
    element.effect(Box::new(move |()| target.set(&node, read.call(()).as_deref())));
}

pub trait Property {
    fn apply(self, element: &mut El, name: &'static str);
}

impl<F, V> Property for F
where
    F: FnMut() -> V + 'static,
    V: Into<JsValue>,
{
    fn apply(mut self, element: &mut El, name: &'static str) {
        reactive_property(element, name, Box::new(move |()| self().into()));
    }
}

fn reactive_property(element: &mut El, name: &'static str, mut read: Box<dyn Call<(), JsValue>>) {
    let node = element.0.node.clone();
    element.effect(Box::new(move |()| {
        // Fails only on frozen objects.
        let _ = Reflect::set(&node, &name.into(), &read.call(()));
    }));
}
