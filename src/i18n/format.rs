//! Dates, numbers and sizes by the browser's `Intl`, in the reader's locale and time zone.
//! Formatters are costly to make and are kept.

use js_sys::{Array, Date, Function, Intl, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const DAY: f64 = 86_400_000.0;

pub struct Format {
    locales: Array,
    time: Function,
    weekday: Function,
    day: Function,
    day_and_year: Function,
    full: Function,
    number: Function,
    /// By powers of 1000 bytes, from kB on.
    sizes: [Function; 4],
    relative: Intl::RelativeTimeFormat,
}

impl Format {
    /// For a BCP 47 language tag; an unknown one falls back to the browser's language.
    pub fn new(locale: &str) -> Self {
        let locales = Array::of1(&locale.into());
        let locales = if is_language_tag(locale) { locales } else { Array::new() };
        let date = |options: &[(&str, &str)]| {
            Intl::DateTimeFormat::new(&locales, &object(options)).format()
        };
        let size = |unit| {
            let options = object(&[("style", "unit"), ("unit", unit)]);
            set(&options, "maximumSignificantDigits", &3.into());
            Intl::NumberFormat::new(&locales, &options).format()
        };
        Self {
            time: date(&[("timeStyle", "short")]),
            weekday: date(&[("weekday", "short")]),
            day: date(&[("day", "numeric"), ("month", "short")]),
            day_and_year: date(&[("day", "numeric"), ("month", "short"), ("year", "numeric")]),
            full: date(&[("dateStyle", "full"), ("timeStyle", "short")]),
            number: Intl::NumberFormat::new(&locales, &Object::new()).format(),
            sizes: ["kilobyte", "megabyte", "gigabyte", "terabyte"].map(size),
            relative: Intl::RelativeTimeFormat::new(&locales, &object(&[("numeric", "auto")])),
            locales,
        }
    }

    /// "Nov", or in full "November 2026". Made for each call: only the overview has months, and few.
    pub fn month(&self, ms: i64, is_full: bool) -> String {
        let options: &[(&str, &str)] =
            if is_full { &[("month", "long"), ("year", "numeric")] } else { &[("month", "short")] };
        apply(&Intl::DateTimeFormat::new(&self.locales, &object(options)).format(), ms as f64)
    }

    /// "Today", "Yesterday", "Wed", "12 Nov", "12 Nov 2024": the nearer, the shorter. Both in ms
    /// since 1970; a date after `now` (a clock is wrong) is written out.
    pub fn day(&self, ms: i64, now: f64) -> String {
        let ms = ms as f64;
        let days = ((midnight(now) - midnight(ms)) / DAY).round();
        match days as i64 {
            0 | 1 => self.capitalised(&self.relative.format(-days, "day")),
            2..=6 => apply(&self.weekday, ms),
            _ if year(ms) == year(now) => apply(&self.day, ms),
            _ => apply(&self.day_and_year, ms),
        }
    }

    pub fn time(&self, ms: i64) -> String {
        apply(&self.time, ms as f64)
    }

    /// Day and time in full, as a tooltip.
    pub fn full(&self, ms: i64) -> String {
        apply(&self.full, ms as f64)
    }

    pub fn number(&self, value: usize) -> String {
        apply(&self.number, value as f64)
    }

    /// In units of 1000, as file managers and disks count.
    pub fn size(&self, bytes: u64) -> String {
        let mut value = bytes as f64 / 1000.0;
        let mut unit = 0;
        while value >= 999.5 && unit + 1 < self.sizes.len() {
            value /= 1000.0;
            unit += 1;
        }
        self.sizes.get(unit).map(|format| apply(format, value)).unwrap_or_default()
    }

    fn capitalised(&self, text: &JsString) -> String {
        let locale = self.locales.get(0).as_string();
        let first = text.char_at(0).to_locale_upper_case(locale.as_deref());
        format!("{}{}", String::from(first), String::from(text.slice(1, text.length())))
    }
}

/// Whether `Intl` takes it; it throws at a malformed one, such as `en_US`.
fn is_language_tag(tag: &str) -> bool {
    Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"getCanonicalLocales".into()))
        .and_then(|check| {
            check.unchecked_into::<Function>().call1(&JsValue::UNDEFINED, &tag.into())
        })
        .is_ok()
}

fn object(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        set(&object, name, &(*value).into());
    }
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a fresh plain object cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}

/// Empty when the browser refuses, which it does not for the dates that `provider` lets through.
fn apply(format: &Function, value: f64) -> String {
    format
        .call1(&JsValue::UNDEFINED, &value.into())
        .ok()
        .and_then(|it| it.as_string())
        .unwrap_or_default()
}

fn midnight(ms: f64) -> f64 {
    let date = Date::new(&ms.into());
    date.set_hours(0);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0)
}

fn year(ms: f64) -> u32 {
    Date::new(&ms.into()).get_full_year()
}
