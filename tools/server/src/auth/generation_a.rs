//! Signing in to generation A: `auth/…` for anybody, `auth/admin/…` for administrators, whose console alone refreshes.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::Value;

use crate::auth::routes::{hand_over, logout, message, refresh, sign_in};
use crate::auth::token::Kind;
use crate::auth::{Account, Credentials};
use crate::error::{ApiError, ApiResult};
use crate::query::JsonBody;
use crate::state::Shared;

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/auth/login", post(login))
        .route("/auth/logout", post(logout))
        .route("/auth/admin/login", post(admin_login))
        .route("/auth/admin/logout", post(logout))
        .route("/auth/admin/refresh", post(refresh))
        .route("/auth/admin/verify", get(verify))
}

async fn login(State(state): State<Shared>, JsonBody(body): JsonBody) -> ApiResult<Response> {
    let account = sign_in(&state, &body)?;
    Ok(hand_over(&state, "Login succeeded", account, &[Kind::Access]))
}

async fn admin_login(State(state): State<Shared>, JsonBody(body): JsonBody) -> ApiResult<Response> {
    let account: &Account = sign_in(&state, &body)?;
    if !account.is_admin {
        let wrong = "Invalid username or password";
        return Err(ApiError::new(StatusCode::NOT_FOUND, "Login Error", wrong));
    }
    Ok(hand_over(&state, "Login succeeded", account, &[Kind::Access, Kind::Refresh]))
}

async fn verify(State(state): State<Shared>, credentials: Credentials) -> ApiResult<Json<Value>> {
    if credentials.user(&state)?.is_admin {
        Ok(message("Valid token"))
    } else {
        Err(ApiError::forbidden())
    }
}
