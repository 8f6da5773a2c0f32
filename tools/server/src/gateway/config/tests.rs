use super::*;

/// Argon2id of `admin`, at the least cost there is.
const HASH: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0$PWJ5X2xlYXN0X2Nvc3RfaGFzaF9pcw";

const GOOD: &str = r#"listen = "0.0.0.0:7080"
allowed_origins = ["https://app.example.org"]
trusted_proxies = ["10.0.0.0/8", "::1"]

[session]
key = "${SESSION_KEY}"
hours = 8

[trusted_header]
name = "X-Remote-User"
from = ["10.1.2.3"]

[limits]
body_kb = 64

[systems.school]
provider = "openvidu-meet"
url = "https://meet.example.org/base/"
dialect = "3.4.1"
api_key = "${API_KEY}"
media_origins = ["https://*.s3.example.com"]

[systems.old]
provider = "superviz"
url = "https://nodeapi.superviz.com"
email = "a@example.org"
password = "secret"
api_key = "key"

[[users]]
name = "admin"
password = "HASH"
[users.systems.school]
rights = ["play", "delete"]
rooms = ["math-1", "/physics"]

[[users]]
name = "sso"
[users.systems.old]
"#;

fn variable(name: &str) -> Option<String> {
    match name {
        "SESSION_KEY" => Some("k".repeat(32)),
        "API_KEY" => Some("open-vidu-key".to_owned()),
        _ => None,
    }
}

fn parse(text: &str) -> Result<GatewayConfig, Vec<Mistake>> {
    GatewayConfig::parse(&text.replace("HASH", HASH), &variable)
}

/// The mistakes of the good file with one change.
#[track_caller]
fn mistakes(from: &str, to: &str) -> Vec<String> {
    assert_eq!(GOOD.matches(from).count(), 1, "{from}");
    let mistakes = parse(&GOOD.replace(from, to)).err().unwrap_or_default();
    mistakes.iter().map(Mistake::to_string).collect()
}

#[test]
fn reads_a_whole_file() {
    let config = parse(GOOD).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    assert_eq!(config.listen().to_string(), "0.0.0.0:7080");
    assert_eq!(config.session.key, vec![b'k'; 32]);
    assert_eq!(config.session.life.as_secs(), 8 * 3600);
    assert!(config.session.secure);
    assert_eq!((config.limits.body, config.limits.requests_per_minute), (64 * 1024, 600));
    let school = &config.systems["school"];
    assert_eq!(school.url.authority, "meet.example.org");
    assert_eq!(school.url.path, "/base");
    assert!(matches!(
        &school.vendor,
        Vendor::OpenViduMeet { dialect: Dialect::V341, api_key } if api_key == "open-vidu-key"
    ));
    assert!(matches!(config.systems["old"].vendor, Vendor::SuperViz(SuperVizAccess::Login { .. })));
    let grant = &config.users["admin"].grants["school"];
    assert_eq!(grant.rights, BTreeSet::from([Right::Play, Right::Delete]));
    assert_eq!(grant.rooms, Some(BTreeSet::from(["math-1".to_owned(), "/physics".to_owned()])));
    let other = &config.users["sso"].grants["old"];
    assert!(other.rights.is_empty() && other.rooms.is_none());
}

#[test]
fn every_mistake_has_its_place_and_what_is_expected() {
    for (from, to, expected) in [
        ("\"0.0.0.0:7080\"", "\"7080\"", "1:10: expected an address with a port, such as"),
        ("\"0.0.0.0:7080\"", "7080", "1:10: invalid type: integer `7080`, expected a string"),
        ("listen =", "lisen =", "1:1: unknown field `lisen`, expected one of `listen`,"),
        ("https://app.example.org\"", "https://app.example.org/x\"", "2:20: expected an origin"),
        ("10.0.0.0/8", "10.0.0.0/33", "3:20: expected an IP address or a network"),
        ("${SESSION_KEY}", "${KEY}", "6:7: the environment variable KEY is not set"),
        ("${SESSION_KEY}", "${KEY", "6:7: `${` without `}`"),
        ("${SESSION_KEY}", "${a b}", "6:7: `${a b}`: a variable's name has"),
        ("${SESSION_KEY}", "short", "6:7: expected at least 32 random characters"),
        ("key = \"${SESSION_KEY}\"\n", "", "missing field `key`"),
        ("hours = 8", "hours = 0", "7:9: expected a number from 1 to 8760"),
        ("hours = 8", "hours = -1", "7:9: invalid value: integer `-1`, expected u32"),
        ("hours = 8", "hours = \"8\"", "7:9: invalid type: string \"8\", expected u32"),
        ("hours = 8", "secure = \"no\"", "7:10: invalid type: string \"no\", expected a boolean"),
        ("\"X-Remote-User\"", "\"X Remote\"", "10:8: expected the name of a header"),
        ("[\"10.1.2.3\"]", "[]", "11:8: expected the address of the reverse proxy"),
        ("body_kb = 64", "body_kb = 99999999", "14:11: expected a number from 1 to 10240"),
        ("[systems.school]", "[systems.School]", "16:10: a system's name has lower-case letters"),
        ("[systems.school]", "[systems.auth]", "16:10: `auth` is taken"),
        ("\"openvidu-meet\"", "\"openvidu\"", "17:12: expected one of openvidu-meet, plugnmeet,"),
        ("https://meet.example.org/base/", "meet.example.org", "18:7: expected an address such as"),
        ("https://meet.example.org/base/", "ftp://a", "18:7: expected an address such as"),
        (
            "https://meet.example.org/base/",
            "https://u:p@a",
            "18:7: expected an address without user",
        ),
        ("https://meet.example.org/base/", "https://a/?b", "18:7: expected an address without `?`"),
        ("\"3.4.1\"", "\"3.6\"", "19:11: expected the server's version, one of a, b, 3.4, 3.4.1,"),
        ("\"3.4.1\"", "\"whereby\"", "19:11: expected the server's version"),
        ("dialect = \"3.4.1\"\n", "", "openvidu-meet needs `dialect`"),
        ("\"${API_KEY}\"", "\" \"", "20:11: expected a secret that is not empty"),
        ("\"${API_KEY}\"", "\"a\\nb\"", "20:11: expected a secret of visible ASCII"),
        ("https://*.s3.example.com", "*", "21:18: expected an origin such as"),
        ("email =", "client_id =", "superviz needs `secret`"),
        (
            "email =",
            "client_id =",
            "27:12: `password` is not a key of superviz, which has client_id",
        ),
        ("api_key = \"key\"", "api_key = 1", "28:11: invalid type: integer `1`, expected a string"),
        ("name = \"admin\"", "name = \"ad min\"", "31:8: a user's name has"),
        ("name = \"sso\"", "name = \"admin\"", "38:8: there are two users named admin"),
        (
            "\"HASH\"",
            "\"admin\"",
            "32:12: expected an argon2id hash as `meet-recordings-server hash",
        ),
        ("\"HASH\"", "\"$2y$10$abcdefghijklmnopqrstuv\"", "32:12: expected an argon2id hash"),
        ("\"HASH\"", "\"$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ\"", "32:12: expected an argon2id"),
        ("[users.systems.school]", "[users.systems.scool]", "33:16: no such system: expected one"),
        ("\"play\", ", "\"watch\", ", "34:11: expected one of play, download, delete, edit, share"),
        ("[\"math-1\", \"/physics\"]", "[]", "35:9: expected at least one room"),
        ("[\"math-1\", \"/physics\"]", "[\"/\"]", "35:10: expected the id of a room"),
        ("[users.systems.old]\n", "", "38:8: expected at least one [users.systems.NAME]"),
        ("hours = 8", "hours = ", "7:9: "),
        ("hours = 8", "key = \"again\"", "7:1: duplicate key"),
    ] {
        let seen = mistakes(from, to);
        assert!(seen.iter().any(|mistake| mistake.contains(expected)), "{to}: {seen:?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_their_order() {
    let text = GOOD.replace("hours = 8", "hours = 0").replace("\"play\", ", "\"watch\", ");
    let lines: Vec<usize> =
        parse(&text).err().unwrap().iter().map(|mistake| mistake.line).collect();
    assert_eq!(lines, [7, 34]);
}

#[test]
fn without_a_trusted_header_everybody_needs_a_password() {
    let section = "[trusted_header]\nname = \"X-Remote-User\"\nfrom = [\"10.1.2.3\"]\n";
    assert_eq!(
        mistakes(section, ""),
        ["35:8: expected a `password`, because there is no [trusted_header]"]
    );
}

#[test]
fn the_app_shows_a_system_that_there_is() {
    let app = |lines: &str| mistakes("[limits]", &format!("[app]\n{lines}\n[limits]"));
    let dir = std::env::temp_dir();
    assert_eq!(
        app("dir = \"/does-not-exist\"\nsystem = \"school\""),
        ["14:7: expected the directory of the built app, which has an index.html"]
    );
    let dir = format!("dir = '{}'", dir.display());
    assert!(app(&dir).contains(&"14:7: expected `system` to be one of: old, school".to_owned()));
    assert!(
        app(&format!("{dir}\nsystem = \"gone\""))
            .contains(&"15:10: expected `system` to be one of: old, school".to_owned())
    );
}

#[test]
fn no_mistake_tells_a_secret() {
    for (from, to) in [
        ("\"${SESSION_KEY}\"", "\"canary\""),
        ("\"${API_KEY}\"", "\"canary\\n\""),
        ("\"HASH\"", "\"canary\""),
    ] {
        let seen = mistakes(from, to);
        assert!(!seen.is_empty() && !seen.concat().contains("canary"), "{seen:?}");
    }
}
