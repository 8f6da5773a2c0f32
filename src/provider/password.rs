//! Changing one's own password, where the server itself keeps it. Beside the dialects' traits, because
//! the element never asks for it.

use super::{
    Kind,
    http::{Answer, Request, json_object},
};
use crate::model::Error;

/// `None` where the server has no such function.
pub fn change_password(kind: Kind, current: &str, new: &str) -> Option<Request> {
    let target: Option<String> = match kind {
        #[cfg(feature = "openvidu-meet")]
        Kind::OpenViduMeet(version) => version.change_password(),
        #[cfg(any(feature = "plugnmeet", feature = "whereby", feature = "superviz"))]
        _ => None,
    };
    let body = json_object(&[("currentPassword", current), ("newPassword", new)]);
    Some(Request::post(&target?, Some(body)))
}

/// 400 is a current password that is another.
pub fn read_password_change(answer: &Answer) -> Result<(), Error> {
    if answer.status == 400 { Err(Error::BadCredentials) } else { answer.done() }
}

#[cfg(all(
    test,
    feature = "openvidu-meet",
    feature = "plugnmeet",
    feature = "whereby",
    feature = "superviz"
))]
mod tests {
    use super::*;
    use crate::{
        model::FieldError,
        provider::{Version, testing::answer},
    };

    #[test]
    fn it_is_asked_for_where_there_are_passwords() {
        let ask = |kind| change_password(kind, "old\"", "new");
        let request = ask(Kind::OpenViduMeet(Version::B)).unwrap();
        assert_eq!(request.target, "/internal-api/v1/users/change-password");
        let body = r#"{"currentPassword":"old\"","newPassword":"new"}"#;
        assert_eq!(request.body.as_deref(), Some(body));
        let request = ask(Kind::OpenViduMeet(Version::V39)).unwrap();
        assert_eq!(request.target, "/meet/internal-api/v1/users/change-password");
        for kind in [Kind::OpenViduMeet(Version::A), Kind::PlugNmeet, Kind::Whereby, Kind::SuperViz]
        {
            assert_eq!(ask(kind), None, "{kind:?}");
        }
    }

    #[test]
    fn what_was_wrong_is_told_apart() {
        let wrong = r#"{"error":"Change Password Error","message":"Invalid current password"}"#;
        assert_eq!(read_password_change(&answer(400, wrong)), Err(Error::BadCredentials));
        let short = r#"{"details":[{"field":"newPassword","message":"too short"}]}"#;
        let field = FieldError { field: "newPassword".into(), message: "too short".into() };
        assert_eq!(read_password_change(&answer(422, short)), Err(Error::Invalid(vec![field])));
        assert_eq!(read_password_change(&answer(200, r#"{"message":"done"}"#)), Ok(()));
    }
}
