//! One meeting server: sends it requests with the gateway's credentials, and reads what it answers within limits.
//! It follows no redirects, and it knows neither users nor rights.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;

use super::call::Call;
use super::config::{Limits, System, Vendor};
use super::credentials::{self, SuperVizToken};
use super::refusal::Refusal;
use super::routes::{self, Route};
use super::seal::Seal;

pub type Client = HyperClient<HttpsConnector<HttpConnector>, Full<Bytes>>;

pub struct Upstream {
    pub system: System,
    pub routes: Vec<Route>,
    pub seal: Seal,
    client: Client,
    limits: Limits,
    token: SuperVizToken,
}

/// An answer in JSON, read completely.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// With the certificates that the system trusts, or those of Mozilla where it has none.
pub fn client() -> Client {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    let builder = HttpsConnectorBuilder::new()
        .with_native_roots()
        .unwrap_or_else(|_| HttpsConnectorBuilder::new().with_webpki_roots());
    let connector = builder.https_or_http().enable_http1().wrap_connector(connector);
    HyperClient::builder(TokioExecutor::new()).build(connector)
}

impl Upstream {
    pub fn new(system: System, seal: Seal, client: Client, limits: Limits) -> Self {
        let routes = routes::of(&system.vendor);
        Self { system, routes, seal, client, limits, token: SuperVizToken::default() }
    }

    /// How long it may be silent.
    pub fn patience(&self) -> Duration {
        self.limits.upstream
    }

    /// Sends the call and waits until the answer begins.
    ///
    /// # Errors
    /// 502 when the server cannot be reached, or refuses the gateway's credentials; 504 when it takes too long.
    pub async fn send(&self, call: &Call) -> Result<Response<Incoming>, Refusal> {
        let answered = timeout(self.limits.upstream, async {
            let response = self.send_once(call).await?;
            let is_refused = response.status() == StatusCode::UNAUTHORIZED && call.is_signed;
            // A token that SuperViz gave may have ended early; nothing but a list is asked with it.
            if is_refused && self.token.forget().await {
                return self.send_once(call).await;
            }
            Ok(response)
        });
        let response = answered.await.map_err(|_| Refusal::too_slow())??;
        if response.status() == StatusCode::UNAUTHORIZED && call.is_signed {
            return Err(Refusal::key_refused());
        }
        Ok(response)
    }

    /// Sends the call and reads the whole answer.
    ///
    /// # Errors
    /// As `send`; 502 also for an answer that is too long or breaks off.
    pub async fn ask(&self, call: &Call) -> Result<Answer, Refusal> {
        let response = self.send(call).await?;
        self.read(response).await
    }

    /// Reads the rest of an answer that is JSON or an error.
    pub async fn read(&self, response: Response<Incoming>) -> Result<Answer, Refusal> {
        let (parts, body) = response.into_parts();
        if parts.headers.contains_key(header::CONTENT_ENCODING) {
            return Err(Refusal::unexpected_answer());
        }
        let body = Limited::new(body, self.limits.answer).collect();
        let body = timeout(self.limits.upstream, body).await.map_err(|_| Refusal::too_slow())?;
        let body = body.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
            Some(_) => Refusal::bad_gateway("The answer of the meeting server is too long"),
            None => Refusal::bad_gateway("The answer of the meeting server broke off"),
        })?;
        Ok(Answer { status: parts.status, headers: parts.headers, body: body.to_bytes() })
    }

    async fn send_once(&self, call: &Call) -> Result<Response<Incoming>, Refusal> {
        let body = call.body.clone().unwrap_or_default();
        let mut headers = call.headers.clone();
        // Ranges and filters are about the bytes themselves.
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if call.body.is_some() {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if call.is_signed {
            let added = match &self.system.vendor {
                Vendor::SuperViz(access) => self.token.headers(access, self).await?,
                vendor => credentials::headers(vendor, &body)?,
            };
            headers.extend(added);
        }
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = call.method.clone();
        *request.uri_mut() = self.uri(&call.target())?;
        *request.headers_mut() = headers;
        self.client.request(request).await.map_err(|error| Refusal::unreachable(&error))
    }

    fn uri(&self, target: &str) -> Result<Uri, Refusal> {
        let base = &self.system.url;
        let uri = Uri::builder()
            .scheme(base.scheme.clone())
            .authority(base.authority.clone())
            .path_and_query(format!("{}{target}", base.path));
        // All of it was encoded by the gateway, so at most it is too long.
        uri.build().map_err(|_| Refusal::invalid("The address of the request is too long"))
    }
}

impl From<Answer> for Response<Body> {
    fn from(answer: Answer) -> Self {
        let mut response = Self::new(Body::from(answer.body));
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        response
    }
}

impl Answer {
    pub fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Bytes::new() }
    }
}
