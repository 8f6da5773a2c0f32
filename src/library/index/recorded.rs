//! A recording taken apart into a row, and put together again.

use super::{
    Index, Label, ROOM_ID, Rare,
    columns::{self, Numbers},
    tails::Folded,
    texts::NONE,
};
use crate::{
    library::Slot,
    model::{Failure, FailureKind, Recording, RecordingId, Status},
};

/// The numbers of a form: what a row is like, apart from what it is called.
pub const FORM: usize = 8;
/// The status's code and flags.
pub const STATUS: usize = 0;
const UNKNOWN: usize = 1;
const LAYOUT: usize = 2;
const ENCODING: usize = 3;
const ERROR: usize = 4;
const DETAILS: usize = 5;
const CODE: usize = 6;
/// The numbers that are of words.
pub const WORDS: std::ops::Range<usize> = UNKNOWN..CODE;

const STATUS_CODE: u32 = 0xff;
const IS_SIZE_ROUNDED: u32 = 0x100;
const HAS_FAILURE: u32 = 0x200;
const HAS_CODE: u32 = 0x400;

/// In the order of their codes. Those of a saved index too: append only.
const STATUSES: [Status; 7] = [
    Status::Starting,
    Status::Recording,
    Status::Processing,
    Status::Ready,
    Status::Failed(FailureKind::Error),
    Status::Failed(FailureKind::Aborted),
    Status::Failed(FailureKind::LimitReached),
];

/// A row's flags: which of its own texts begin with its room's id, and whether it has a file name.
pub const ID_SHARES: u8 = 1;
pub const FILE_SHARES: u8 = 2;
pub const HAS_FILE: u8 = 4;

pub struct Row<'a> {
    pub numbers: Numbers,
    pub id: &'a str,
    pub file: &'a str,
    pub folded: Option<Folded>,
}

impl Index {
    pub(super) fn record<'a>(&mut self, it: &'a Recording) -> (Row<'a>, Rare) {
        let fold = Some(self.fold);
        let label = [
            self.texts.optional(it.name.as_deref(), fold),
            self.texts.optional(it.description.as_deref(), fold),
            self.texts.optional(it.room_id.as_deref(), fold),
            self.texts.optional(it.room_name.as_deref(), fold),
            self.texts.number(it.title(), fold),
        ];
        let form = self.form(it);
        let (id, file) = (it.id.as_str(), it.file_name.as_deref().unwrap_or_default());
        let is_ascii = id.is_ascii() && file.is_ascii();
        // Folding may join what sharing parts, so it is for ASCII only.
        let room = it.room_id.as_deref().filter(|room| is_ascii && !room.is_empty());
        let id_tail = room.and_then(|room| id.strip_prefix(room));
        let file_tail = room.and_then(|room| file.strip_prefix(room));
        let mut flags = 0;
        for (flag, is_set) in [
            (ID_SHARES, id_tail.is_some()),
            (FILE_SHARES, file_tail.is_some()),
            (HAS_FILE, it.file_name.is_some()),
        ] {
            flags |= if is_set { flag } else { 0 };
        }
        let numbers = Numbers {
            flags,
            label: self.labels.number(label),
            form,
            session: self.words.optional(it.session_id.as_deref(), None),
            started: columns::of_date(it.started_at),
            ended: columns::of_date(it.ended_at),
            listed: columns::of_date(it.listed_at),
            duration: columns::of_natural(it.duration),
            size: columns::of_natural(it.size),
        };
        let row = Row {
            numbers,
            id: id_tail.unwrap_or(id),
            file: file_tail.unwrap_or(file),
            folded: self.folded(id, file),
        };
        (row, Rare { subtitles: it.subtitles.clone(), extra: it.extra.clone() })
    }

    pub(super) fn folded(&self, id: &str, file: &str) -> Option<Folded> {
        let is_ascii = id.is_ascii() && file.is_ascii();
        (!is_ascii).then(|| Folded::new((self.fold)(id), (self.fold)(file)))
    }

    fn form(&mut self, it: &Recording) -> u32 {
        let mut form = [NONE; FORM];
        let code = STATUSES.iter().position(|status| *status == it.status);
        form[STATUS] = code.unwrap_or(STATUSES.len()) as u32;
        if let Status::Unknown(status) = &it.status {
            form[UNKNOWN] = self.words.number(status, None);
        }
        if it.is_size_rounded {
            form[STATUS] |= IS_SIZE_ROUNDED;
        }
        form[LAYOUT] = self.words.optional(it.layout.as_deref(), None);
        form[ENCODING] = self.words.optional(it.encoding.as_deref(), None);
        if let Some(failure) = &it.failure {
            form[STATUS] |= HAS_FAILURE;
            form[ERROR] = self.words.optional(failure.error.as_deref(), None);
            form[DETAILS] = self.words.optional(failure.details.as_deref(), None);
            if let Some(code) = failure.code {
                let bits = code.to_bits();
                form[STATUS] |= HAS_CODE;
                (form[CODE], form[CODE + 1]) = (bits as u32, (bits >> 32) as u32);
            }
        }
        self.forms.number(form)
    }

    pub(super) fn recording(&self, slot: Slot) -> Option<Recording> {
        let row = self.columns.row(slot.at());
        let label = self.labels.get(row.label)?;
        let form = self.forms.get(row.form)?;
        let text = |number: u32| self.texts.optionally(number).map(str::to_owned);
        let word = |number: u32| self.words.optionally(number).map(str::to_owned);
        let [name, description, room_id, room_name, _] = label.map(text);
        let rare = self.rare.get(&slot.0).cloned().unwrap_or_default();
        let failure = (form[STATUS] & HAS_FAILURE != 0).then(|| Failure {
            code: (form[STATUS] & HAS_CODE != 0)
                .then(|| f64::from_bits(u64::from(form[CODE]) | u64::from(form[CODE + 1]) << 32)),
            error: word(form[ERROR]),
            details: word(form[DETAILS]),
        });
        let (file_start, file_tail) = self.file_parts(slot);
        Some(Recording {
            id: RecordingId::new(self.id(slot))?,
            name,
            description,
            room_id,
            room_name,
            session_id: word(row.session),
            status: self.status_of(row.form),
            started_at: columns::date(row.started),
            ended_at: columns::date(row.ended),
            listed_at: columns::date(row.listed),
            duration: columns::natural(row.duration),
            size: columns::natural(row.size),
            is_size_rounded: form[STATUS] & IS_SIZE_ROUNDED != 0,
            file_name: (row.flags & HAS_FILE != 0).then(|| [file_start, file_tail].concat()),
            layout: word(form[LAYOUT]),
            encoding: word(form[ENCODING]),
            subtitles: rare.subtitles,
            extra: rare.extra,
            failure,
        })
    }

    pub(super) fn status_of(&self, form: u32) -> Status {
        let Some(form) = self.forms.get(form) else { return Status::Unknown(String::new()) };
        match STATUSES.get((form[STATUS] & STATUS_CODE) as usize) {
            Some(status) => status.clone(),
            None => Status::Unknown(self.words.get(form[UNKNOWN]).to_owned()),
        }
    }

    /// What it shares with its room's id, and the rest.
    pub(super) fn id_parts(&self, slot: Slot) -> (&str, &str) {
        (self.shared(slot, ID_SHARES), self.tails.get(slot).0)
    }

    pub(super) fn file_parts(&self, slot: Slot) -> (&str, &str) {
        (self.shared(slot, FILE_SHARES), self.tails.get(slot).1)
    }

    fn shared(&self, slot: Slot, flag: u8) -> &str {
        let flags = self.columns.flags.get(slot.at()).copied().unwrap_or_default();
        if flags & flag == 0 {
            return "";
        }
        self.text(slot, ROOM_ID).unwrap_or_default()
    }

    pub(super) fn text(&self, slot: Slot, part: usize) -> Option<&str> {
        self.texts.optionally(*self.label(slot)?.get(part)?)
    }

    pub(super) fn label(&self, slot: Slot) -> Option<&Label> {
        self.labels.get(*self.columns.labels.get(slot.at())?)
    }
}
