//! Changing what is written about a recording, and making one of several.

use crate::{
    i18n::{messages, t},
    model::{Error, MetadataPatch, RecordingId, RoomId},
    store::tabs::News,
    ui::reactive::*,
    ui::state::State,
};

impl State {
    /// Writes what was changed of the title and the description, and shows it when the server has it.
    pub async fn save_details(
        self,
        id: &RecordingId,
        title: Option<String>,
        description: Option<String>,
    ) -> Result<(), Error> {
        let patch = MetadataPatch {
            title: title.clone(),
            description: description.clone(),
            ..MetadataPatch::default()
        };
        let result = self.client().update(id, &patch).await;
        match &result {
            Ok(()) => {
                self.library.update(|library| {
                    if let Some(mut recording) = library.find(id).and_then(|slot| library.get(slot))
                    {
                        for (field, changed) in [
                            (&mut recording.name, title),
                            (&mut recording.description, description),
                        ] {
                            if let Some(text) = changed {
                                *field = Some(text).filter(|it| !it.is_empty());
                            }
                        }
                        library.update(recording);
                    }
                });
                self.tell_tabs(&News::Changed);
                self.say(t("{title} saved.").with(&[("title", &self.title(id))]));
            }
            Err(error) => self.notice(error),
        }
        result
    }

    /// The room of the selected recordings, if they can be made one: two or more, ready, of one room.
    pub fn mergeable(self) -> Option<RoomId> {
        let selection = self.list.selection.read();
        if !self.can.read().merge || selection.len() < 2 {
            return None;
        }
        let library = self.library.read();
        let mut rooms = selection.iter().map(|slot| {
            let it = library.get(slot)?;
            it.room_id.filter(|_| it.status.is_playable()).map(RoomId)
        });
        let first = rooms.next()??;
        rooms.all(|room| room.as_ref() == Some(&first)).then_some(first)
    }

    /// Makes one recording of the selected, the oldest first.
    pub fn merge_selected(self) {
        let Some(room) = untrack(|| self.mergeable()) else { return };
        if self.is_merging.get_untracked() {
            return;
        }
        self.is_merging.set(true);
        let mut chosen: Vec<_> = self.library.with_untracked(|library| {
            let selection = self.list.selection.read_untracked();
            let chosen = selection.iter().filter_map(|slot| library.get(slot));
            chosen.map(|it| (it.date(), it.id)).collect()
        });
        chosen.sort();
        let ids: Vec<RecordingId> = chosen.into_iter().map(|(_, id)| id).collect();
        self.spawn(async move {
            let merged = self.client().merge(&room, &ids).await;
            self.is_merging.set(false);
            match merged {
                Ok(()) => {
                    self.tell_tabs(&News::Changed);
                    self.list.selection.update(|selection| selection.clear());
                    self.say(t("The recordings are being merged. The result appears in the list when it is ready."));
                }
                Err(error) => {
                    self.notice(&error);
                    self.warn(messages::not_merged(&error));
                }
            }
        });
    }
}
