//! Starting and stopping the recording of a meeting.

use super::state::RoomsState;
use crate::{
    i18n::{Words, messages, t},
    model::{Error, RecordingId, RoomId},
};

impl RoomsState {
    pub fn start_recording(self, id: RoomId) {
        let app = self.app;
        self.spawn(async move {
            match app.client().start_recording(&id).await {
                Ok(()) => {
                    app.say(t("{title}: recording.").with(&[("title", &self.title(&id))]));
                    app.look_soon();
                }
                Err(error) => self.not_done(t("The recording could not be started."), &error),
            }
            // Refused or not, the room has changed.
            let _ = self.fetch(&id).await;
        });
    }

    pub fn stop_recording(self, id: RecordingId) {
        let app = self.app;
        self.spawn(async move {
            match app.client().stop_recording(&id).await {
                Ok(()) => {
                    app.say(t("The recording has stopped. It can be played when it is ready."))
                }
                Err(error) => self.not_done(t("The recording could not be stopped."), &error),
            }
            // Refused or not, it has changed.
            app.look_soon();
        });
    }

    /// Says so, with the reason.
    pub fn not_done(self, what: Words, error: &Error) {
        self.app.notice(error);
        self.app.warn([&what.text(), " ", &messages::error(error)].concat());
    }
}
