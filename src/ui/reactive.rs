//! Leptos' signals, memos and stored values, compiled once. Leptos' own are generic to the core: each
//! type that one holds makes a copy of the whole machinery, which was a sixth of the wasm. Here what
//! they hold is boxed, Leptos sees one type, and a type of ours adds little more than a cast.
//! Everything else is as in Leptos: what ends with its owner, what is tracked, who is notified.

use std::{
    any::Any,
    marker::PhantomData,
    ops::{Deref, DerefMut},
    sync::Arc,
};

use leptos::prelude::{
    self, Get, GetUntracked, LocalStorage, Read, ReadUntracked, Set, SetValue, Track,
    UpdateUntracked, UpdateValue, WithValue, Write,
};
pub use leptos::prelude::{
    Owner, RenderEffect, event_target, event_target_value, on_cleanup, untrack,
};
use leptos::{ev::EventDescriptor, leptos_dom::helpers::WindowListenerHandle};
use wasm_bindgen::JsCast;

use super::dom::Call;
use crate::i18n::Language;

type Local = Box<dyn Any>;
type Shared = Arc<dyn Any + Send + Sync>;
type Signal = prelude::RwSignal<Local, LocalStorage>;
type Guard = <Signal as ReadUntracked>::Value;
type Stored = prelude::StoredValue<Local, LocalStorage>;

/// What a handle holds has the handle's type: nothing else is ever put there.
fn cast<T: 'static>(value: &dyn Any) -> &T {
    value.downcast_ref().unwrap_or_else(|| of_another_type())
}

fn cast_mut<T: 'static>(value: &mut dyn Any) -> &mut T {
    value.downcast_mut().unwrap_or_else(|| of_another_type())
}

#[cold]
fn of_another_type() -> ! {
    unreachable!()
}

/// A handle that is free to copy, whatever it is a handle to.
macro_rules! handle {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        pub struct $name<T: 'static>($inner, PhantomData<fn() -> T>);

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}
    };
}

handle! {
    /// A value that tells those who read it when it changes.
    RwSignal(Signal)
}
handle! {
    /// A value that is computed of others, and tells those who read it when another comes of it. Holds no
    /// texts: it may be computed outside of any language.
    Memo(prelude::Memo<Shared>)
}
handle! {
    /// A value that tells nobody.
    StoredValue(Stored)
}

/// Holds a signal's value: while it is there, the signal cannot be changed.
pub struct SignalGuard<T>(Guard, PhantomData<T>);

impl<T: 'static> Deref for SignalGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        cast(&**self.0)
    }
}

impl<T: 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self(new_signal(Box::new(value)), PhantomData)
    }

    pub fn track(self) {
        self.0.track();
    }

    pub fn read(self) -> SignalGuard<T> {
        SignalGuard(read_signal(self.0), PhantomData)
    }

    pub fn read_untracked(self) -> SignalGuard<T> {
        SignalGuard(read_signal_untracked(self.0), PhantomData)
    }

    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.read())
    }

    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.read_untracked())
    }

    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.read().clone()
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.read_untracked().clone()
    }

    /// `None` when its owner has ended.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.0.try_read_untracked().map(|it| cast::<T>(&**it).clone())
    }

    pub fn set(self, value: T) {
        set_signal(self.0, Box::new(value));
    }

    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    pub fn try_update<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut value = write_signal(&self.0)?;
        Some(change(cast_mut(&mut **value)))
    }

    /// Tells nobody.
    pub fn try_update_untracked<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0.try_update_untracked(|value| change(cast_mut(&mut **value)))
    }
}

fn new_signal(value: Local) -> Signal {
    prelude::RwSignal::new_local(value)
}

fn read_signal(signal: Signal) -> Guard {
    signal.read()
}

fn read_signal_untracked(signal: Signal) -> Guard {
    signal.read_untracked()
}

fn set_signal(signal: Signal, value: Local) {
    signal.set(value);
}

/// Tells those who read it when the guard is dropped.
fn write_signal(signal: &Signal) -> Option<impl DerefMut<Target = Local>> {
    signal.try_write()
}

/// A memo's value as it was when read.
pub struct MemoGuard<T>(Shared, PhantomData<T>);

impl<T: 'static> Deref for MemoGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        cast(&*self.0)
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        let compute = move |before: Option<&Shared>| {
            let now = compute(before.map(|it| cast(&**it)));
            kept_if_same(before, now)
        };
        Self(new_memo(Box::new(compute)), PhantomData)
    }
}

impl<T: 'static> Memo<T> {
    pub fn track(self) {
        self.0.track();
    }

    pub fn read(self) -> MemoGuard<T> {
        MemoGuard(get_memo(self.0), PhantomData)
    }

    pub fn read_untracked(self) -> MemoGuard<T> {
        MemoGuard(get_memo_untracked(self.0), PhantomData)
    }

    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.read())
    }

    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.read_untracked())
    }

    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.read().clone()
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.read_untracked().clone()
    }
}

/// The pointer of before stands for "has not changed", so that Leptos need not know how to compare.
fn kept_if_same<T: PartialEq + Send + Sync + 'static>(before: Option<&Shared>, now: T) -> Shared {
    match before {
        Some(before) if *cast::<T>(&**before) == now => before.clone(),
        _ => Arc::new(now),
    }
}

/// A closure's table of functions without the entries that nobody calls: `dyn Fn` has three.
trait Compute: Send + Sync {
    fn compute(&self, before: Option<&Shared>) -> Shared;
}

impl<F: Fn(Option<&Shared>) -> Shared + Send + Sync> Compute for F {
    fn compute(&self, before: Option<&Shared>) -> Shared {
        self(before)
    }
}

fn new_memo(work: Box<dyn Compute>) -> prelude::Memo<Shared> {
    let compute = move |before: Option<&Shared>| work.compute(before);
    prelude::Memo::new_with_compare(compute, |before, now| match (before, now) {
        (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
        _ => true,
    })
}

fn get_memo(memo: prelude::Memo<Shared>) -> Shared {
    memo.get()
}

fn get_memo_untracked(memo: prelude::Memo<Shared>) -> Shared {
    memo.get_untracked()
}

impl<T: 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self(prelude::StoredValue::new_local(Box::new(value)), PhantomData)
    }

    pub fn with_value<U>(self, look: impl FnOnce(&T) -> U) -> U {
        self.0.with_value(|value| look(cast(&**value)))
    }

    /// `None` when its owner has ended.
    pub fn try_with_value<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        self.0.try_with_value(|value| look(cast(&**value)))
    }

    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// `None` when its owner has ended.
    pub fn try_get_value(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_value(T::clone)
    }

    pub fn set_value(self, value: T) {
        set_stored(self.0, Box::new(value));
    }

    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// `None` when its owner has ended.
    pub fn try_update_value<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0.try_update_value(|value| change(cast_mut(&mut **value)))
    }
}

fn set_stored(stored: Stored, value: Local) {
    stored.set_value(value);
}

/// Runs once what is being built is there, and whenever a signal in it changes, with what it gave the
/// last time.
pub struct Effect;

impl Effect {
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) -> Self {
        let mut before = None;
        new_effect(Box::new(move |()| before = Some(run(before.take()))));
        Self
    }
}

fn new_effect(mut run: Box<dyn Call>) {
    let language = Language::current();
    prelude::Effect::new(move |_: Option<()>| language.during(|| run.call(())));
}

/// Runs at once, and whenever a signal in it changes, until it is dropped.
pub fn render_effect(mut run: impl FnMut() + 'static) -> RenderEffect<()> {
    let language = Language::current();
    RenderEffect::new(move |_| language.during(&mut run))
}

/// Listens until the handle is asked not to.
pub fn window_event_listener<E: EventDescriptor + 'static>(
    event: E,
    handler: impl Fn(E::EventType) + 'static,
) -> WindowListenerHandle
where
    E::EventType: JsCast,
{
    let language = Language::current();
    prelude::window_event_listener(event, move |event| language.during(|| handler(event)))
}
