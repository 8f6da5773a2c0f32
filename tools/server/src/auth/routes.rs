//! Signing in and out, refreshing, the profile: `/internal-api/v1/auth/…` and `/users/…`.

use std::time::Instant;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::auth::cookie::{self, DAY, HOURS_2};
use crate::auth::token::Kind;
use crate::auth::{Account, Credentials, invalid_subject};
use crate::error::{ApiError, ApiResult, Detail};
use crate::query::JsonBody;
use crate::state::Shared;

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/auth/login", post(login))
        .route("/auth/logout", post(logout))
        .route("/auth/refresh", post(refresh))
        .route("/users/profile", get(profile))
        .route("/users/change-password", post(change_password))
}

async fn login(State(state): State<Shared>, JsonBody(body): JsonBody) -> Response {
    if let Some(wait) = state.world().attempts.locked_for(Instant::now()) {
        // What express-rate-limit sends: bare text, marked as HTML because Express sends strings so.
        return (
            StatusCode::TOO_MANY_REQUESTS,
            [
                (header::RETRY_AFTER, wait.as_secs().to_string()),
                (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            ],
            "Too many login attempts, please try again later",
        )
            .into_response();
    }
    let result = check_password(&state, &body);
    match result {
        Ok(account) => {
            let tokens = &state.tokens;
            let cookies = AppendHeaders([
                access_cookie(&state, account),
                set_cookie(
                    &state,
                    cookie::REFRESH,
                    &tokens.for_user(Kind::Refresh, account.name, DAY),
                    DAY,
                ),
            ]);
            (cookies, message("Login succeeded")).into_response()
        }
        Err(error) => {
            state.world().attempts.failed(Instant::now());
            error.into_response()
        }
    }
}

fn check_password(state: &Shared, body: &Value) -> ApiResult<&'static Account> {
    let [name, password] = texts(
        body,
        [
            ("username", 4, "Username must be at least 4 characters long"),
            ("password", 4, "Password must be at least 4 characters long"),
        ],
    )?;
    let account = Account::named(name);
    account.filter(|account| state.world().password(account) == password).ok_or_else(|| {
        // A wrong password is a 404 on this server, in every generation.
        ApiError::new(StatusCode::NOT_FOUND, "Login Error", "Invalid username or password")
    })
}

/// The named texts of a body, each of at least so many characters; 422 with every rule that is broken.
fn texts<'a, const N: usize>(
    body: &'a Value,
    rules: [(&str, usize, &str); N],
) -> ApiResult<[&'a str; N]> {
    let mut details = Vec::new();
    let texts = rules.map(|(field, minimum, too_short)| {
        let problem = match body.get(field) {
            None => "Required",
            Some(Value::String(text)) if text.chars().count() >= minimum => return text.as_str(),
            Some(Value::String(_)) => too_short,
            Some(_) => "Expected string",
        };
        details.push(Detail { field: field.to_owned(), message: problem.to_owned() });
        ""
    });
    if details.is_empty() { Ok(texts) } else { Err(ApiError::invalid_fields(details)) }
}

async fn logout(State(state): State<Shared>) -> impl IntoResponse {
    // The recording cookie stays, as on the real server.
    let cookies = [cookie::ACCESS, cookie::REFRESH].map(|name| set_cookie(&state, name, "", 0));
    (AppendHeaders(cookies), message("Logout successful"))
}

async fn refresh(
    State(state): State<Shared>,
    credentials: Credentials,
) -> ApiResult<impl IntoResponse> {
    let refused =
        |message: &str| ApiError::new(StatusCode::BAD_REQUEST, "Refresh Token Error", message);
    let token = credentials.refresh.ok_or_else(|| refused("No refresh token provided"))?;
    let claims = state
        .tokens
        .verify(&token, Kind::Refresh)
        .ok_or_else(|| refused("Invalid refresh token"))?;
    let account = Account::named(&claims.sub).ok_or_else(invalid_subject)?;
    let cookies = AppendHeaders([access_cookie(&state, account)]);
    Ok((cookies, message("Token refreshed")))
}

async fn profile(State(state): State<Shared>, credentials: Credentials) -> ApiResult<Json<Value>> {
    let account = credentials.user(&state)?;
    Ok(Json(json!({ "username": account.name, "roles": account.roles() })))
}

async fn change_password(
    State(state): State<Shared>,
    credentials: Credentials,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Value>> {
    let account = credentials.user(&state)?;
    let [current, new] = texts(
        &body,
        [
            ("currentPassword", 0, ""),
            ("newPassword", 5, "New password must be at least 5 characters long"),
        ],
    )?;
    let mut world = state.world();
    if world.password(account) != current {
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "Change Password Error",
            "Invalid current password",
        ));
    }
    world.set_password(account, new);
    Ok(message(&format!("Password for user '{}' has been changed", account.name)))
}

fn access_cookie(state: &Shared, account: &Account) -> (HeaderName, HeaderValue) {
    let token = state.tokens.for_user(Kind::Access, account.name, HOURS_2);
    set_cookie(state, cookie::ACCESS, &token, HOURS_2)
}

pub fn set_cookie(
    state: &Shared,
    name: &str,
    value: &str,
    max_age: u64,
) -> (HeaderName, HeaderValue) {
    let cookie = cookie::set(name, value, max_age, state.config.secure_cookies);
    (header::SET_COOKIE, cookie)
}

pub fn message(text: &str) -> Json<Value> {
    Json(json!({ "message": text }))
}
