//! The rooms of the sample: those that exist, and those that are gone while their recordings remain.
//! Names that today's servers would sanitise stand for data from before they did.

use crate::rooms::model::{Access, Role};

pub struct SampleRoom {
    pub name: &'static str,
    /// Settled recordings; those in progress come on top.
    pub recordings: usize,
    pub access: Access,
    pub recording_enabled: bool,
    pub meeting: bool,
    /// What the user without the admin role is a member as, from 3.8 on.
    pub user: Option<Role>,
    /// Whether all users may enter, from 3.8 on.
    pub users: bool,
}

const fn room(name: &'static str, recordings: usize, access: Access) -> SampleRoom {
    SampleRoom {
        name,
        recordings,
        access,
        recording_enabled: true,
        meeting: false,
        user: None,
        users: false,
    }
}

use Access::{Admin, AdminModerator, AdminModeratorSpeaker as Everybody};

/// The rooms that exist. The order is a contract with `sample::IN_PROGRESS`.
pub static ROOMS: [SampleRoom; 8] = [
    SampleRoom { user: Some(Role::Moderator), ..room("Physics 101", 9, Everybody) },
    room("Sprint review", 7, Everybody),
    room("Board meeting Q3", 4, Admin),
    room("Design critique", 6, AdminModerator),
    SampleRoom { users: true, ..room("Customer onboarding", 6, Everybody) },
    SampleRoom { recording_enabled: false, ..room("Support rota", 2, Everybody) },
    room("Création & rédaction — équipe Genève", 3, Everybody),
    SampleRoom { meeting: true, ..room("Quiet room", 0, Everybody) },
];

/// Rooms deleted since.
pub static PAST_ROOMS: [SampleRoom; 12] = [
    room("Company all-hands", 5, Everybody),
    room("Summer school 2025", 4, Everybody),
    room("اجتماع فريق التصميم", 2, Everybody),
    room("物理学入門 第3回", 2, Everybody),
    room("हिन्दी साहित्य कक्षा", 2, Everybody),
    room("🎉 Launch party 🚀", 2, Everybody),
    room("<img src=x onerror=alert(document.domain)>", 1, Everybody),
    room("\"><svg/onload=alert(1)>", 1, Everybody),
    room("../../etc/passwd", 1, Everybody),
    // A right-to-left override: reads as if it ended in "fdp.exe" backwards.
    room("Minutes \u{202e}fdp.exe", 1, Everybody),
    room(LONG_WORD, 1, Everybody),
    room("\u{a0}", 1, Admin),
];

/// 250 characters without a place to break.
const LONG_WORD: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlungsprotokollführerstellvertreterausbildungsnachweisheftseitenzahlenverzeichnisaktualisierungsbeauftragtenbesprechungsaufzeichnungszusammenfassungsentwurfsversio";

/// Rooms that `--recordings N` adds recordings to, beside those above, are each subject with each group; those that
/// `--rooms N` adds are at each place each subject, numbered.
pub static SUBJECTS: [&str; 8] = [
    "Calculus",
    "Biology lab",
    "Spanish B1",
    "Team retro",
    "Webinar",
    "Interview",
    "Town hall",
    "Office hours",
];
pub static GROUPS: [&str; 5] = ["A", "B", "C", "D", "E"];
pub static PLACES: [&str; 20] = [
    "Accra", "Bergen", "Cusco", "Dakar", "Essen", "Fez", "Genoa", "Hanoi", "Izmir", "Jaipur",
    "Kyoto", "Lagos", "Malmo", "Nairobi", "Oaxaca", "Porto", "Quito", "Riga", "Seoul", "Tunis",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_word_is_long() {
        assert_eq!(LONG_WORD.chars().count(), 250);
    }
}
