//! Signing in and out, refreshing, who is signed in: `auth/…` and `users/…` below the internal API.

use std::time::Instant;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::auth::token::Kind;
use crate::auth::{Account, Credentials, cookie, invalid_subject, refused_refresh};
use crate::config::{AuthTransport, Dialect};
use crate::error::{ApiError, ApiResult, Problems};
use crate::query::JsonBody;
use crate::state::{Shared, State as ServerState};

pub fn router(dialect: Dialect) -> Router<Shared> {
    let router = Router::new()
        .route("/auth/login", post(login))
        .route("/auth/logout", post(logout))
        .route("/auth/refresh", post(refresh))
        .route("/users/change-password", post(change_password));
    if dialect >= Dialect::V38 {
        router.route("/users/me", get(me))
    } else {
        router.route("/users/profile", get(profile))
    }
}

async fn login(State(state): State<Shared>, JsonBody(body): JsonBody) -> Response {
    let dialect = state.config.dialect;
    let budget = state.world().attempts.budget(Instant::now());
    let mut response = if budget.remaining == 0 {
        budget.refusal(dialect)
    } else {
        match sign_in(&state, &body) {
            Ok(account) => {
                let name = account.name;
                let text = if dialect >= Dialect::V341 {
                    format!("User '{name}' logged in successfully")
                } else {
                    "Login succeeded".to_owned()
                };
                hand_over(&state, &text, account, &[Kind::Access, Kind::Refresh])
            }
            Err(error) => error.into_response(),
        }
    };
    if dialect >= Dialect::V38 {
        state.world().attempts.budget(Instant::now()).add_headers(&mut response);
    }
    response
}

/// Whose name and password the body holds; a failure counts against the limit.
pub fn sign_in(state: &ServerState, body: &Value) -> ApiResult<&'static Account> {
    let account = check_password(state, body);
    if account.is_err() {
        state.world().attempts.failed(Instant::now());
    }
    account
}

fn check_password(state: &ServerState, body: &Value) -> ApiResult<&'static Account> {
    // From 3.8 on a user id has five characters at least; four here, so that the sample's `user` can sign in.
    let ([name, password], wrong) = if state.config.dialect >= Dialect::V38 {
        let rules = [
            ("userId", 4, "userId must be at least 5 characters long"),
            ("password", 5, "password must be at least 5 characters long"),
        ];
        (texts(body, rules)?, "Invalid user ID or password")
    } else {
        let rules = [
            ("username", 4, "Username must be at least 4 characters long"),
            ("password", 4, "Password must be at least 4 characters long"),
        ];
        (texts(body, rules)?, "Invalid username or password")
    };
    let account = Account::named(name);
    // A wrong password is a 404 on this server, in every generation.
    account
        .filter(|account| state.world().password(account) == password)
        .ok_or_else(|| ApiError::new(StatusCode::NOT_FOUND, "Login Error", wrong))
}

/// The named texts of a body, each of at least so many characters; 422 with every rule that is broken.
fn texts<'a, const N: usize>(
    body: &'a Value,
    rules: [(&str, usize, &str); N],
) -> ApiResult<[&'a str; N]> {
    let mut problems = Problems::default();
    let texts = rules.map(|(field, minimum, too_short)| {
        let problem = match body.get(field) {
            None => "Required",
            Some(Value::String(text)) if text.chars().count() >= minimum => return text.as_str(),
            Some(Value::String(_)) => too_short,
            Some(_) => "Expected string",
        };
        problems.add(field, problem);
        ""
    });
    problems.check().map(|()| texts)
}

/// Answers with new tokens: in cookies, or in the body beside the message.
pub fn hand_over(state: &ServerState, text: &str, account: &Account, kinds: &[Kind]) -> Response {
    let tokens = kinds
        .iter()
        .map(|kind| (*kind, state.tokens.for_user(*kind, account.name, cookie::lifetime(*kind))));
    let mut answer = json!({ "message": text });
    match state.config.transport() {
        AuthTransport::Cookie => {
            let mut response = Json(answer).into_response();
            for (kind, token) in tokens {
                let (name, value) = set_cookie(state, kind, &token);
                response.headers_mut().append(name, value);
            }
            response
        }
        AuthTransport::Header => {
            for (kind, token) in tokens {
                let name = if kind == Kind::Refresh { "refreshToken" } else { "accessToken" };
                answer[name] = json!(token);
            }
            Json(answer).into_response()
        }
    }
}

pub async fn logout(State(state): State<Shared>) -> Response {
    let done = message("Logout successful");
    match state.config.transport() {
        // Forgetting the tokens is the client's business.
        AuthTransport::Header => done.into_response(),
        // The recording cookie stays, as on the real server.
        AuthTransport::Cookie => {
            let gone = |kind| (header::SET_COOKIE, cookie::set(&state.config, kind, "", 0));
            (AppendHeaders([Kind::Access, Kind::Refresh].map(gone)), done).into_response()
        }
    }
}

pub async fn refresh(State(state): State<Shared>, credentials: Credentials) -> ApiResult<Response> {
    let claims = credentials.refresh(&state)?;
    let account = Account::named(&claims.sub).ok_or_else(invalid_subject)?;
    let dialect = state.config.dialect;
    let rotates = dialect >= Dialect::V39 && state.config.refresh_rotation;
    if rotates && !state.world().used_refresh_tokens.insert(claims.jti) {
        return Err(refused_refresh("Invalid refresh token"));
    }
    let text = if dialect >= Dialect::V341 {
        format!("Access token for user '{}' successfully refreshed", account.name)
    } else {
        "Token refreshed".to_owned()
    };
    let kinds: &[Kind] = if rotates { &[Kind::Access, Kind::Refresh] } else { &[Kind::Access] };
    Ok(hand_over(&state, &text, account, kinds))
}

async fn profile(State(state): State<Shared>, credentials: Credentials) -> ApiResult<Json<Value>> {
    let account = credentials.user(&state)?;
    Ok(Json(json!({ "username": account.name, "roles": account.roles() })))
}

async fn me(State(state): State<Shared>, credentials: Credentials) -> ApiResult<Json<Value>> {
    let account = credentials.user(&state)?;
    let started = state.world().started;
    let mut user = json!({
        "userId": account.name,
        "name": account.name,
        "registrationDate": started,
        "role": account.role(),
    });
    if state.config.dialect >= Dialect::V39 {
        user["roleUpdatedAt"] = json!(started);
    }
    Ok(Json(user))
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

pub fn set_cookie(state: &ServerState, kind: Kind, token: &str) -> (HeaderName, HeaderValue) {
    let cookie = cookie::set(&state.config, kind, token, cookie::lifetime(kind));
    (header::SET_COOKIE, cookie)
}

pub fn message(text: &str) -> Json<Value> {
    Json(json!({ "message": text }))
}
