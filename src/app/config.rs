//! Where the meeting server is and of which kind: from the page (`<meta name="meet-server-url">`,
//! `meet-provider`, `meet-auth`), or from the file that it names (`<meta name="meet-config">`), or from
//! what was answered on the first run. Without any of them: on this host, to be found out.

use web_sys::Document;

use super::address;
use crate::{
    client::{Auth, Client, InvalidServerUrl, ServerUrl, read_json},
    model::{Error, Json},
    provider::{self, Kind},
    store::settings,
    ui::parts,
};

/// The setting with the answer of the first run.
const CHOSEN: &str = "server";

/// What is said of the server, not yet believed.
#[derive(Default)]
struct Said {
    server_url: Option<String>,
    provider: Option<String>,
    auth: Option<String>,
}

pub struct Config {
    pub server: ServerUrl,
    pub kind: Option<Kind>,
    pub auth: Auth,
}

pub enum Found {
    Config(Config),
    /// Nobody has said where the server is.
    Ask,
}

/// # Errors
/// What is wrong and where, for whoever set up the page.
pub async fn find(document: &Document) -> Result<Found, String> {
    let meta = |name| meta(document, name);
    let said = Said {
        server_url: meta("meet-server-url"),
        provider: meta("meet-provider"),
        auth: meta("meet-auth"),
    };
    // Tags win over the file.
    let Some(file) = meta("meet-config").filter(|_| said.server_url.is_none()) else {
        let server_url = Some(said.server_url.unwrap_or("/".to_owned()));
        return read(Said { server_url, ..said }, "this page").map(Found::Config);
    };
    // Beside index.html, however deep the address is.
    let url = address::base() + &file;
    let json = read_json(&url).await.map_err(|error| match error {
        Error::NotFound => format!("There is no {url}."),
        Error::Unexpected(_) => format!("{url} is not a JSON file."),
        _ => format!("{url} could not be loaded. Reload the page to try again."),
    })?;
    if !json.is_object() {
        return Err(format!("{url} must hold an object."));
    }
    let text = |name: &str| match json.field(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Text(text)) => Ok(Some(text.trim().to_owned()).filter(|it| !it.is_empty())),
        Some(_) => Err(format!("In {url} \"{name}\" must be a text.")),
    };
    let said = Said {
        server_url: text("serverUrl")?,
        provider: said.provider.or(text("provider")?),
        auth: said.auth.or(text("auth")?),
    };
    if said.server_url.is_some() {
        return read(said, &url).map(Found::Config);
    }
    if said.provider.is_some() || said.auth.is_some() {
        return Err(format!(
            "In {url} \"provider\" and \"auth\" are of no use without \"serverUrl\"."
        ));
    }
    // One that was kept by an older version, or is no longer allowed, can be said again.
    let chosen = settings::get(CHOSEN).and_then(|chosen| of_server(&chosen).ok());
    Ok(chosen.map_or(Found::Ask, Found::Config))
}

fn meta(document: &Document, name: &str) -> Option<String> {
    let found = document.query_selector(&format!("meta[name={name}]")).ok()??;
    found.get_attribute("content").filter(|content| !content.is_empty())
}

fn read(said: Said, place: &str) -> Result<Config, String> {
    let text = said.server_url.unwrap_or_default();
    let server = parse(&text).map_err(|why| {
        format!("The server's address in {place}, \"{text}\", is wrong: {}.", why.explain())
    })?;
    let name = said.provider.unwrap_or_default();
    let kind = provider::named(&name).map_err(|_| {
        format!("The provider in {place}, \"{name}\", is not a kind of server that this app knows.")
    })?;
    let auth = match said.auth.as_deref() {
        None | Some("server") => Auth::Server,
        Some("gateway") => Auth::Gateway(server.gateway().ok_or_else(|| {
            format!(
                "The server's address in {place}, \"{text}\", must end in /gateway/ and a name."
            )
        })?),
        Some(other) => {
            return Err(format!("The auth in {place}, \"{other}\", must be server or gateway."));
        }
    };
    Ok(Config { server, kind, auth })
}

/// Relative to the page's own host.
fn parse(text: &str) -> Result<ServerUrl, InvalidServerUrl> {
    let url = address::url().ok_or(InvalidServerUrl::NotAUrl)?;
    ServerUrl::parse(text, &url.href())
}

/// What a reader says on the first run: the address of a server, or of a system behind a gateway.
pub fn of_server(text: &str) -> Result<Config, InvalidServerUrl> {
    let server = parse(text)?;
    let auth = match server.gateway() {
        Some(gateway) => Auth::Gateway(gateway),
        None => Auth::Server,
    };
    Ok(Config { server, kind: None, auth })
}

/// Whether the server was chosen here, and may be chosen anew.
pub fn is_chosen() -> bool {
    settings::get(CHOSEN).is_some()
}

pub fn choose(text: &str) {
    settings::set(CHOSEN, text);
}

pub fn forget_choice() {
    settings::remove(CHOSEN);
}

impl Config {
    pub fn client(self) -> std::rc::Rc<Client> {
        Client::new(self.server, self.kind, self.auth, parts::provider)
    }
}
