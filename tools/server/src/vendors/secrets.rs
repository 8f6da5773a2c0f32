//! What opens the sample servers of the other vendors. On a real server these are secrets; here they are known to
//! everybody, like the password `admin`.

/// `API-KEY` of plugNmeet, and the issuer of its tokens.
pub const PLUGNMEET_KEY: &str = "plugnmeet";
/// Signs requests to plugNmeet, its download tokens and its LTI tokens.
pub const PLUGNMEET_SECRET: &str = "plugnmeet-secret";

/// The bearer token of Whereby.
pub const WHEREBY_KEY: &str = "whereby-api-key";

/// `client_id` of the newer SuperViz API.
pub const SUPERVIZ_CLIENT_ID: &str = "superviz";
/// `secret` of the newer SuperViz API.
pub const SUPERVIZ_SECRET: &str = "superviz-secret";
/// `apiKey` of the older SuperViz API.
pub const SUPERVIZ_API_KEY: &str = "superviz-api-key";
/// Signs in to the older SuperViz API.
pub const SUPERVIZ_EMAIL: &str = "admin@example.org";
pub const SUPERVIZ_PASSWORD: &str = "admin";
