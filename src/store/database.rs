//! A cache of bytes in IndexedDB, each user's of each server apart. Written and read in pieces, one a
//! task, so that the page stays quick, but in one transaction, so that a reader sees a save whole or
//! not at all, even when the tab closes in the middle. Every failure (private mode, no room left,
//! a newer version of this page in another tab) is an empty cache.

use js_sys::{Array, Promise, Uint8Array, futures::JsFuture};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Event, EventTarget, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "meet-recordings";
/// To be raised when the layout below changes; what an older one left is thrown away.
const VERSION: u32 = 1;
/// `[server, user]` holds the number of bytes, written last, and `[server, user, n]` the n-th piece.
const STORE: &str = "pieces";
/// Bytes. To copy one takes well under a millisecond.
const PIECE: usize = 1_000_000;

/// Whose bytes they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Origin and path.
    pub server: String,
    pub user: String,
}

/// What was last saved. Waits for saves under way, in other tabs too, and for the disk: nothing that
/// is to be seen at once should wait for it.
pub async fn load(key: &Key) -> Option<Vec<u8>> {
    try_load(&key.path()).await.ok()
}

/// Replaces what was saved before; what that was stays when this is dropped before its end.
pub async fn save(key: &Key, bytes: &[u8]) {
    let _ = replace(&key.path(), Some(bytes)).await;
}

/// Removes what was saved for one user.
pub async fn wipe(key: &Key) {
    let _ = replace(&key.path(), None).await;
}

/// Removes what was saved for any user of a server.
pub async fn wipe_server(server: &str) {
    let _ = replace(&Array::of1(&server.into()), None).await;
}

impl Key {
    fn path(&self) -> Array {
        Array::of2(&self.server.as_str().into(), &self.user.as_str().into())
    }
}

fn piece(path: &Array, number: usize) -> Array {
    path.concat(&Array::of1(&number.into()))
}

async fn try_load(path: &Array) -> Result<Vec<u8>, JsValue> {
    let transaction = Transaction::begin(IdbTransactionMode::Readonly).await?;
    let mut request = transaction.store.get(path)?;
    success(&request).await?;
    let length = request.result()?.as_f64().ok_or(JsValue::NULL)? as usize;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| JsValue::NULL)?;
    for number in 0..length.div_ceil(PIECE) {
        request = transaction.store.get(&piece(path, number))?;
        success(&request).await?;
        bytes.append(&mut request.result()?.dyn_into::<Uint8Array>()?.to_vec());
    }
    if bytes.len() == length { Ok(bytes) } else { Err(JsValue::NULL) }
}

/// Puts `bytes`, if any, in the place of everything whose key is `path` or begins with it.
async fn replace(path: &Array, bytes: Option<&[u8]>) -> Result<(), JsValue> {
    let transaction = Transaction::begin(IdbTransactionMode::Readwrite).await?;
    let store = &transaction.store;
    // An array comes after every number and every text.
    let all = IdbKeyRange::bound(path, &path.concat(&Array::of1(&Array::new())))?;
    store.delete(&all)?;
    if let Some(bytes) = bytes {
        for (number, bytes) in bytes.chunks(PIECE).enumerate() {
            let request = store.put_with_key(&Uint8Array::from(bytes), &piece(path, number))?;
            success(&request).await?;
        }
        // A transaction ends by itself when a task passes without a request in it. Should that ever
        // happen on the way, then there is no length yet, so nothing for a reader to take.
        store.put_with_key(&bytes.len().into(), path)?;
    }
    // Only then is it there to be read.
    first(&transaction.transaction, "complete", &["abort"]).await.map(drop)
}

/// Given up when dropped before its end.
struct Transaction {
    transaction: IdbTransaction,
    store: IdbObjectStore,
    #[allow(dead_code, reason = "closes when dropped")]
    connection: Connection,
}

impl Transaction {
    async fn begin(mode: IdbTransactionMode) -> Result<Self, JsValue> {
        let (connection, database) = Connection::open().await?;
        let transaction = database.transaction_with_str_and_mode(STORE, mode)?;
        let store = transaction.object_store(STORE)?;
        Ok(Self { transaction, store, connection })
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        // Fails when it is over, as it mostly is.
        let _ = self.transaction.abort();
    }
}

/// Open, or on the way to it, until dropped.
struct Connection(IdbOpenDbRequest);

impl Connection {
    async fn open() -> Result<(Self, IdbDatabase), JsValue> {
        let factory = web_sys::window().ok_or(JsValue::NULL)?.indexed_db()?.ok_or(JsValue::NULL)?;
        let connection = Self(factory.open_with_u32(NAME, VERSION)?);
        listen(&connection.0, "upgradeneeded");
        // Blocked by a tab that stays at an older version: not worth waiting for.
        first(&connection.0, "success", &["error", "blocked"]).await?;
        let database = connection.database()?;
        listen(&database, "versionchange");
        Ok((connection, database))
    }

    /// Fails until there is one, and after a failure.
    fn database(&self) -> Result<IdbDatabase, JsValue> {
        self.0.result()?.dyn_into()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        match self.database() {
            Ok(database) => database.close(),
            // Perhaps still opening, which cannot be stopped.
            Err(_) => listen(&self.0, "success"),
        }
    }
}

thread_local! {
    /// Kept for good, for connections that open after nobody waits for them any more.
    static ON_EVENT: Closure<dyn FnMut(Event)> =
        Closure::wrap(Box::new(|event| drop(on_event(&event))));
}

fn listen(target: &EventTarget, name: &str) {
    ON_EVENT.with(|call| {
        let call = call.as_ref().unchecked_ref();
        // Never fails.
        let _ = target.add_event_listener_with_callback(name, call);
    });
}

fn on_event(event: &Event) -> Result<(), JsValue> {
    let target = event.target().ok_or(JsValue::NULL)?;
    match target.dyn_into::<IdbDatabase>() {
        // Another tab wants a newer version, or the database gone.
        Ok(database) => database.close(),
        Err(request) => {
            let request = request.unchecked_into::<IdbOpenDbRequest>();
            let database = request.result()?.unchecked_into::<IdbDatabase>();
            if event.type_() == "upgradeneeded" {
                // Fails when there is none.
                let _ = database.delete_object_store(STORE);
                database.create_object_store(STORE)?;
            } else {
                // Open at last, for nobody.
                database.close();
            }
        }
    }
    Ok(())
}

fn success(request: &IdbRequest) -> JsFuture {
    first(request, "success", &["error"])
}

/// Waits for the event `good`; any of `bad` before it is an error.
fn first(target: &EventTarget, good: &str, bad: &[&str]) -> JsFuture {
    Promise::new(&mut |resolve, reject| {
        // Never fail.
        let _ = target.add_event_listener_with_callback(good, &resolve);
        for name in bad {
            let _ = target.add_event_listener_with_callback(name, &reject);
        }
    })
    .into()
}
