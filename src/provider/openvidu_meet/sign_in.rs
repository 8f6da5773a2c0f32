//! Signing in at OpenVidu Meet: cookies up to 3.4.0, tokens in headers later; 3.4.1 has both, and
//! says by its answer which it wants.

use super::{OpenViduMeet, Version};
use crate::{
    model::{Error, Json, RoomId, Secret},
    provider::{
        SignIn, Tokens,
        http::{Answer, Body, Request, json_object},
        percent::{encode, query},
    },
};

impl OpenViduMeet {
    fn auth(self, route: &str) -> String {
        format!("{}{}{route}", self.version.internal(), self.version.auth())
    }

    /// Who is signed in, by the answer to [`SignIn::who`], which the first generation does not tell.
    pub fn read_user(answer: &Answer) -> Option<String> {
        let json = answer.json().ok()?;
        let user = ["userId", "username"].iter().find_map(|key| json.field(key)?.as_text())?;
        (!user.is_empty()).then(|| user.to_owned())
    }
}

impl SignIn for OpenViduMeet {
    /// Wrong ones are a 404; too short ones a 422.
    fn sign_in(&self, user: &str, password: &str) -> Option<Request> {
        let body = json_object(&[(self.version.user_key(), user), ("password", password)]);
        Some(Request::post(&self.auth("/login"), Some(body)))
    }

    fn read_sign_in(&self, answer: &Answer) -> Result<Tokens, Error> {
        match answer.status {
            // Too short to be anybody's (422 before the comparison).
            404 | 422 => Err(Error::BadCredentials),
            _ => {
                answer.done()?;
                Ok(tokens(answer))
            }
        }
    }

    fn who(&self) -> Option<Request> {
        Some(Request::get(format!("{}{}", self.version.internal(), self.version.who())))
    }

    fn refresh(&self, tokens: &Tokens) -> Option<Request> {
        let mut request = Request::post(&self.auth("/refresh"), None);
        match &tokens.refresh {
            Some(token) => request.headers.push(("x-refresh-token", bearer(token))),
            // It may be in a cookie.
            None if self.version <= Version::V341 => {}
            None => return None,
        }
        Some(request)
    }

    /// 400 is "no or invalid refresh token", 403 a token of an unknown user: all end the session.
    fn read_refresh(&self, answer: &Answer) -> Result<Tokens, Error> {
        match answer.status {
            400 | 401 | 403 => Err(Error::SignedOut),
            _ => {
                answer.done()?;
                Ok(tokens(answer))
            }
        }
    }

    fn sign_out(&self) -> Option<Request> {
        Some(Request::post(&self.auth("/logout"), None))
    }

    fn room_token(&self, room: &RoomId, secret: &Secret) -> Option<Request> {
        let route = match self.version {
            Version::A => return None,
            Version::B | Version::V34 | Version::V341 => "recording-token",
            Version::V35 | Version::V37 => "token",
            Version::V38 | Version::V39 => "members/token",
        };
        let target = format!("{}/rooms/{}/{route}", self.version.internal(), encode(&room.0));
        Some(Request::post(&target, Some(json_object(&[("secret", secret.expose())]))))
    }

    /// 400 is a secret that is not the room's.
    fn read_room_token(&self, answer: &Answer) -> Result<Tokens, Error> {
        if answer.status == 400 {
            return Err(Error::BadSecret);
        }
        answer.done()?;
        let room = field(answer, "token").filter(|_| self.version.has_headers());
        Ok(Tokens { room, ..Tokens::default() })
    }

    fn authorize(&self, tokens: &Tokens, request: &mut Request) {
        if let Some(token) = &tokens.access {
            request.headers.push(("authorization", bearer(token)));
        }
        if let Some(token) = &tokens.room {
            request.headers.push((self.version.room_token().0, bearer(token)));
        }
    }

    fn authorize_media(&self, tokens: &Tokens, request: &mut Request) {
        let pairs = [("accessToken", &tokens.access), (self.version.room_token().1, &tokens.room)];
        for (name, token) in pairs {
            let Some(token) = token else { continue };
            let pair = query(&[(name, token.expose())]);
            let has_query = request.target.contains('?');
            request.target.push_str(&if has_query { pair.replacen('?', "&", 1) } else { pair });
        }
    }
}

fn bearer(token: &Secret) -> Secret {
    Secret::new(format!("Bearer {}", token.expose()))
}

fn tokens(answer: &Answer) -> Tokens {
    Tokens {
        access: field(answer, "accessToken"),
        refresh: field(answer, "refreshToken"),
        room: None,
    }
}

fn field(answer: &Answer, name: &str) -> Option<Secret> {
    let Body::Json(json) = &answer.body else { return None };
    let token = json.field(name).and_then(Json::as_text).filter(|token| !token.is_empty())?;
    // What could not be a header would be refused by the browser with a useless error.
    let is_header = token.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    is_header.then(|| Secret::new(token))
}
