//! Tokens that the host page hands over, asked for whenever one is needed.

use std::rc::Rc;

use futures_util::{
    FutureExt,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::options::option;
use crate::{client::TokenSource, model::Secret};

/// Milliseconds for `fetchToken` to answer.
const LIMIT: u32 = 30_000;

/// Asks the page's `fetchToken`, which may answer at once or by a promise. What could not be a header
/// is no token, for example a page with a sign-in form.
pub fn token_source(options: &JsValue) -> Result<TokenSource, JsError> {
    let ask: Function = option(options, "fetchToken")
        .dyn_into()
        .map_err(|_| JsError::new("auth: token needs the property fetchToken, a function"))?;
    Ok(Rc::new(move || {
        let answer = ask.call0(&JsValue::UNDEFINED);
        async move {
            let answer = JsFuture::from(Promise::resolve(&answer.ok()?));
            let token = match select(answer, TimeoutFuture::new(LIMIT)).await {
                Either::Left((token, _)) => token.ok()?.as_string()?,
                Either::Right(_) => return None,
            };
            let is_header = token.bytes().all(|byte| (0x21..0x7f).contains(&byte));
            (is_header && !token.is_empty()).then(|| Secret::new(token))
        }
        .boxed_local()
    }))
}
