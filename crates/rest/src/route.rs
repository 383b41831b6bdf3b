//! Which route a request takes: what the limiter keys on, and the path to send.

use std::fmt::Display;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::Error;

/// All but the unreserved characters of RFC 3986.
pub(crate) const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Parameters that split a route's limit: each channel, guild and webhook has its own.
///
/// An interaction's callback is one of a kind, so it never waits for another's.
const MAJOR: [&str; 6] = [
    "channel_id",
    "guild_id",
    "webhook_id",
    "webhook_token",
    "interaction_id",
    "interaction_token",
];

/// Method and path template, the same for all ids.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
}

/// A route with its parameters filled in. No `Debug`: a path may hold an interaction's token.
#[derive(Clone)]
pub(crate) struct Path {
    pub(crate) path: String,
    pub(crate) major: Box<str>,
}

impl Path {
    pub(crate) fn fill(template: &str, arguments: &[&dyn Display]) -> Result<Self, Error> {
        if !template.starts_with('/') {
            return Err(Error::invalid_request(
                "the path does not start with a slash",
            ));
        }
        let mut arguments = arguments.iter();
        let mut path = String::with_capacity(template.len() + 32);
        let mut major = String::new();
        for segment in template.split('/').skip(1) {
            path.push('/');
            let name = segment
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'));
            let Some(name) = name else {
                path.push_str(segment);
                continue;
            };
            let argument = arguments
                .next()
                .ok_or_else(|| {
                    Error::invalid_request("the path has more parameters than arguments")
                })?
                .to_string();
            // URL parsers resolve dot segments even when they are escaped: another route would be hit.
            if matches!(argument.as_str(), "" | "." | "..") {
                return Err(Error::invalid_request(
                    "a path parameter is empty or made of dots",
                ));
            }
            path.extend(utf8_percent_encode(&argument, ESCAPED));
            if MAJOR.contains(&name) {
                major.push_str(&argument);
                major.push('/');
            }
        }
        if arguments.next().is_some() {
            return Err(Error::invalid_request(
                "the path has fewer parameters than arguments",
            ));
        }
        Ok(Self {
            path,
            major: major.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_percent_encoded() {
        let path = Path::fill(
            "/channels/{channel_id}/reactions/{emoji_name}/@me",
            &[&7, &"🔥"],
        );
        assert_eq!(
            path.map(|p| p.path).ok().as_deref(),
            Some("/channels/7/reactions/%F0%9F%94%A5/@me")
        );
        let path = Path::fill("/a/{emoji_name}", &[&"blob:1/../2?x"]);
        assert_eq!(
            path.map(|p| p.path).ok().as_deref(),
            Some("/a/blob%3A1%2F..%2F2%3Fx")
        );
    }

    #[test]
    fn only_major_parameters_split_a_limit() {
        let of = |message: u64| {
            Path::fill(
                "/channels/{channel_id}/messages/{message_id}",
                &[&7, &message],
            )
            .map(|path| path.major)
            .ok()
        };
        assert_eq!(of(1), of(2));
        assert_eq!(of(1).as_deref(), Some("7/"));
    }

    #[test]
    fn dots_and_wrong_counts_are_refused() {
        assert!(Path::fill("/channels/{channel_id}", &[&".."]).is_err());
        assert!(Path::fill("/channels/{channel_id}", &[&""]).is_err());
        assert!(Path::fill("/channels/{channel_id}", &[]).is_err());
        assert!(Path::fill("/channels", &[&1]).is_err());
        assert!(Path::fill("channels", &[]).is_err());
    }
}
