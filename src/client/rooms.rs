//! What can be asked about rooms.

use std::rc::Rc;

use super::connection::{Auth, Client, Dialect};
use crate::{
    model::{
        Cursor, DeletionPolicy, Error, Page, RecordingId, Room, RoomCapabilities, RoomField,
        RoomId, RoomOutcome, RoomReport, RoomSettings,
    },
    provider::{self, Request, RoomProvider},
};

impl Client {
    /// What can be done with rooms. `None` where there are none.
    pub async fn room_capabilities(self: &Rc<Self>) -> Result<Option<RoomCapabilities>, Error> {
        // Who came by a room's secret sees its recordings.
        if matches!(self.auth, Auth::Room { .. }) {
            return Ok(None);
        }
        let dialect = self.exact_dialect().await?;
        let can = provider::room_capabilities(dialect.known.kind);
        Ok(can.map(|can| dialect.rights.map_or(can, |rights| rights.limit_rooms(can))))
    }

    /// For recordings it does not matter which of the servers with cookies it is, and so it was not asked.
    async fn exact_dialect(self: &Rc<Self>) -> Result<Dialect, Error> {
        let dialect = self.dialect().await?;
        #[cfg(feature = "openvidu-meet")]
        if dialect.may_be_older {
            let answer = self.ask(provider::OpenViduMeet::asks_for_configs()).await?;
            if answer.status == 401 {
                return Err(Error::SignedOut);
            }
            let known = match provider::OpenViduMeet::has_configs(&answer)? {
                true => dialect.known,
                false => provider::Known::openvidu_meet(provider::Version::B),
            };
            let exact = Dialect { known, may_be_older: false, ..dialect };
            *self.dialect.borrow_mut() = Some(exact.clone());
            return Ok(exact);
        }
        Ok(dialect)
    }

    pub async fn rooms_page(self: &Rc<Self>, cursor: Option<&Cursor>) -> Result<Page<Room>, Error> {
        let rooms = self.rooms().await?;
        let request = rooms.list(cursor);
        rooms.read_list(cursor, &self.ask(request).await?)
    }

    pub async fn room(self: &Rc<Self>, id: &RoomId) -> Result<Room, Error> {
        let rooms = self.rooms().await?;
        let request = rooms.get(id);
        rooms.read_get(id, &self.ask(request).await?)
    }

    pub async fn create_room(self: &Rc<Self>, settings: &RoomSettings) -> Result<Room, Error> {
        let rooms = self.rooms().await?;
        let request = rooms.create(settings).ok_or(Error::Unsupported)?;
        rooms.read_created(&self.ask(request).await?)
    }

    /// One request after the other; when one is refused the rest are not sent, and what those before
    /// it changed stays changed.
    pub async fn update_room(
        self: &Rc<Self>,
        id: &RoomId,
        before: &RoomSettings,
        after: &RoomSettings,
    ) -> Result<(), Error> {
        let rooms = self.rooms().await?;
        for request in rooms.update(id, before, after) {
            rooms.read_done(&self.ask(request).await?)?;
        }
        Ok(())
    }

    pub async fn set_room_open(self: &Rc<Self>, id: &RoomId, is_open: bool) -> Result<(), Error> {
        let rooms = self.rooms().await?;
        let request = rooms.set_open(id, is_open);
        self.done(&*rooms, request).await
    }

    /// At most `RoomDeletion::batch` at once. Answers for several give only a text where a room is
    /// not there any more, so what failed is asked after: it is gone, whoever deleted it.
    pub async fn delete_rooms(
        self: &Rc<Self>,
        ids: &[RoomId],
        policy: DeletionPolicy,
    ) -> Result<RoomReport, Error> {
        let rooms = self.rooms().await?;
        let request = rooms.delete(ids, policy).ok_or(Error::Unsupported)?;
        let mut report = rooms.read_delete(ids, &self.ask(request).await?)?;
        for (id, outcome) in &mut report.outcomes {
            if let RoomOutcome::Failed(_) = outcome
                && self.room(id).await == Err(Error::NotFound)
            {
                *outcome = RoomOutcome::AlreadyGone;
            }
        }
        Ok(report)
    }

    pub async fn start_recording(self: &Rc<Self>, room: &RoomId) -> Result<(), Error> {
        let rooms = self.rooms().await?;
        let request = rooms.start_recording(room);
        self.done(&*rooms, request).await
    }

    pub async fn stop_recording(self: &Rc<Self>, recording: &RecordingId) -> Result<(), Error> {
        let rooms = self.rooms().await?;
        let request = rooms.stop_recording(recording);
        self.done(&*rooms, request).await
    }

    /// Which setting a field of `Error::Invalid` is.
    pub fn room_field(&self, name: &str) -> Option<RoomField> {
        provider::rooms(self.kind()?)?.field(name)
    }

    async fn rooms(self: &Rc<Self>) -> Result<Rc<dyn RoomProvider>, Error> {
        provider::rooms(self.exact_dialect().await?.known.kind).ok_or(Error::Unsupported)
    }

    async fn done(
        self: &Rc<Self>,
        rooms: &dyn RoomProvider,
        request: Option<Request>,
    ) -> Result<(), Error> {
        rooms.read_done(&self.ask(request.ok_or(Error::Unsupported)?).await?)
    }
}
