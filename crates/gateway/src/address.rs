//! Gateway URLs, as far as a connection needs them.

use tungstenite::http::Uri;

use crate::Target;

/// A checked `ws://` or `wss://` URL.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) uri: Uri,
    pub(crate) target: Target,
}

impl Address {
    /// # Errors
    /// One clause that says what is wrong with `url`.
    pub(crate) fn parse(url: &str) -> Result<Self, String> {
        // Nobody is asked who they are here, and what is in front of an `@` is mostly a password.
        let (_, rest) = url.split_once("://").unwrap_or(("", url));
        let authority = rest.split(['/', '?', '#']).next();
        if authority.is_some_and(|authority| authority.contains('@')) {
            return Err("the gateway URL names a user, which no gateway asks for: leave out what is in front of the `@`".into());
        }
        let uri: Uri = url
            .parse()
            .map_err(|error| format!("the gateway URL {url:?} is not valid ({error})"))?;
        let tls = match uri.scheme_str() {
            Some("wss") => true,
            Some("ws") => false,
            _ => {
                return Err(format!(
                    "the gateway URL {url:?} must begin with `wss://` or `ws://`"
                ));
            }
        };
        let host = uri.host().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| format!("the gateway URL {url:?} names no host"))?;
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        let port = uri.port_u16().unwrap_or(if tls { 443 } else { 80 });
        Ok(Self {
            target: Target { host, port, tls },
            uri,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(url: &str) -> Target {
        Address::parse(url).unwrap().target
    }

    #[test]
    fn ports_follow_the_scheme_unless_given() {
        assert_eq!(
            target("wss://gateway.discord.gg/?v=10"),
            Target {
                host: "gateway.discord.gg".into(),
                port: 443,
                tls: true
            }
        );
        assert_eq!(target("ws://127.0.0.1:8080").port, 8080);
        assert_eq!(target("ws://[::1]").host, "::1");
    }

    #[test]
    fn a_password_is_refused_and_not_repeated() {
        for url in [
            "wss://user:hidden@gateway.test",
            "https://user:hidden@gateway.test/?v=10",
            "user:hidden@gateway.test",
        ] {
            let error = Address::parse(url).unwrap_err();
            assert!(error.contains("leave out"), "{error}");
            assert!(!error.contains("hidden"), "{error}");
        }
        assert_eq!(target("ws://gateway.test/@me").host, "gateway.test");
    }

    #[test]
    fn other_urls_say_what_is_wrong() {
        for (url, clue) in [
            ("https://discord.com", "must begin with"),
            ("gateway.discord.gg", "must begin with"),
            ("wss://", "not valid"),
            ("wss://a b", "not valid"),
        ] {
            let error = Address::parse(url).unwrap_err();
            assert!(error.contains(clue), "{url}: {error}");
        }
    }
}
