//! The session's cookie.
//!
//! Invariants: scripts cannot read it, other sites' requests do not carry it, and over TLS it
//! belongs to this host alone (`__Host-`). Its name carries the installation, because cookies do
//! not tell ports apart and two installations may share a machine. Written here because the crate
//! `cookie` brings a second library of time for these few lines.

use axum::http::{HeaderMap, HeaderValue, header};

/// How this installation's cookie is written and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    name: String,
    secure: bool,
}

impl Cookie {
    /// For an installation; `secure` where browsers reach it over TLS.
    pub fn new(installation: &str, secure: bool) -> Self {
        let short: String = installation
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(8)
            .collect();
        let prefix = if secure { "__Host-" } else { "" };
        Self {
            name: format!("{prefix}evenkeel_{short}"),
            secure,
        }
    }

    /// The token that a request carries.
    pub fn read<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name)
            .map(|(_, token)| token)
    }

    /// The header that keeps a token; it goes when the browser is closed or the session ends,
    /// whichever comes first.
    pub fn keep(&self, token: &str) -> HeaderValue {
        self.write(token, "")
    }

    /// The header that removes it.
    pub fn remove(&self) -> HeaderValue {
        self.write("", "; Max-Age=0")
    }

    fn write(&self, token: &str, more: &str) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!(
            "{}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{more}",
            self.name
        );
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let cookie = Cookie::new("0190-abcd-ef", false);
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; b=2"));
        assert_eq!(cookie.read(&headers), None);
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("evenkeel_00000000=x; evenkeel_0190abcd=token"),
        );
        assert_eq!(cookie.read(&headers), Some("token"));
        assert_eq!(
            Cookie::new("0190abcdef", true).keep("t"),
            "__Host-evenkeel_0190abcd=t; Path=/; HttpOnly; SameSite=Strict; Secure"
        );
    }
}
