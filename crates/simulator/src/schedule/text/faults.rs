//! Faults as objects of JSON.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Fields, whole};
use crate::faults::{Altered, Answer, Fault, RequestFault};

pub(super) fn write(fault: &Fault) -> Value {
    let us = |time: &Duration| whole(time.as_micros());
    match fault {
        Fault::CutInHandshake => json!({ "name": "cut_in_handshake" }),
        Fault::BadCertificate => json!({ "name": "bad_certificate" }),
        Fault::NoUpgrade => json!({ "name": "no_upgrade" }),
        Fault::NoHello => json!({ "name": "no_hello" }),
        Fault::CloseBeforeHello(code) => json!({ "name": "close_before_hello", "code": code }),
        Fault::CloseAfterHello(code) => json!({ "name": "close_after_hello", "code": code }),
        Fault::HttpStatus(status) => json!({ "name": "http_status", "status": status }),
        Fault::ReconnectInsteadOfHello => json!({ "name": "reconnect_instead_of_hello" }),
        Fault::InvalidSessionBeforeHello => json!({ "name": "invalid_session_before_hello" }),
        Fault::InvalidSessionOnIdentify => json!({ "name": "invalid_session_on_identify" }),
        Fault::CloseOnIdentify(code) => json!({ "name": "close_on_identify", "code": code }),
        Fault::DelayReady(time) => json!({ "name": "delay_ready", "time_us": us(time) }),
        Fault::WithholdGuild => json!({ "name": "withhold_guild" }),
        Fault::RepeatOutage => json!({ "name": "repeat_outage" }),
        Fault::CutByReadyOfAnother(shard) => {
            json!({ "name": "cut_by_ready_of_another", "cut": shard })
        }
        Fault::CutAfterReady => json!({ "name": "cut_after_ready" }),
        Fault::RefuseResumeWith4007 => json!({ "name": "refuse_resume_with_4007" }),
        Fault::InvalidSessionOnResume { resumable } => {
            json!({ "name": "invalid_session_on_resume", "resumable": resumable })
        }
        Fault::CloseOnResume(code) => json!({ "name": "close_on_resume", "code": code }),
        Fault::ReplayAgain(frames) => json!({ "name": "replay_again", "frames": frames }),
        Fault::CutAfterResumed => json!({ "name": "cut_after_resumed" }),
        Fault::SkipSequence(numbers) => json!({ "name": "skip_sequence", "numbers": numbers }),
        Fault::WithholdAcks => json!({ "name": "withhold_acks" }),
        Fault::DelayAck(time) => json!({ "name": "delay_ack", "time_us": us(time) }),
        Fault::LateClose(time) => json!({ "name": "late_close", "time_us": us(time) }),
        Fault::CutInMidFrame => json!({ "name": "cut_in_mid_frame" }),
        Fault::SplitMessages(bytes) => json!({ "name": "split_messages", "bytes": bytes }),
        Fault::DropEvent(event) => json!({ "name": "drop_event", "event": event }),
        Fault::Alter { event, field, to } => {
            let to = match to {
                Altered::Missing => json!("missing"),
                Altered::Null => json!("null"),
                Altered::Retyped => json!("retyped"),
                Altered::Value(value) => json!({ "value": value }),
            };
            json!({ "name": "alter", "event": event, "field": field, "to": to })
        }
        Fault::Answer { path, with } => {
            let mut answer = match with {
                Answer::Status(status) => json!({ "answer": "status", "status": status }),
                Answer::RateLimited {
                    retry_after,
                    global,
                } => {
                    json!({ "answer": "rate_limited", "time_us": us(retry_after), "global": global })
                }
                Answer::Banned { retry_after } => {
                    json!({ "answer": "banned", "time_us": us(retry_after) })
                }
            };
            answer["name"] = Value::from("answer");
            answer["path"] = Value::from(path.as_str());
            answer
        }
        Fault::Request(fault) => write_request(fault),
    }
}

fn write_request(fault: &RequestFault) -> Value {
    match fault {
        RequestFault::CutAfter(op) => json!({ "name": "cut_after_request", "op": op }),
        RequestFault::GuildGone { after, outage } => {
            json!({ "name": "guild_gone", "after": after, "outage": outage })
        }
        RequestFault::Ignore(op) => json!({ "name": "ignore_request", "op": op }),
        RequestFault::LoseChunk(index) => json!({ "name": "lose_chunk", "index": index }),
        RequestFault::RateLimit { op, retry_after } => {
            let time = whole(retry_after.as_micros());
            json!({ "name": "rate_limit_request", "op": op, "time_us": time })
        }
        RequestFault::RepeatChunks => json!({ "name": "repeat_chunks" }),
        RequestFault::ReverseChunks => json!({ "name": "reverse_chunks" }),
        RequestFault::VoiceServerAway => json!({ "name": "voice_server_away" }),
        RequestFault::VoiceServerFirst => json!({ "name": "voice_server_first" }),
    }
}

pub(super) fn read(from: &Fields<'_>) -> Result<Fault, String> {
    Ok(match from.text("name")? {
        "cut_in_handshake" => Fault::CutInHandshake,
        "bad_certificate" => Fault::BadCertificate,
        "no_upgrade" => Fault::NoUpgrade,
        "no_hello" => Fault::NoHello,
        "close_before_hello" => Fault::CloseBeforeHello(from.optional("code")?),
        "close_after_hello" => Fault::CloseAfterHello(from.optional("code")?),
        "http_status" => Fault::HttpStatus(from.number("status")?),
        "reconnect_instead_of_hello" => Fault::ReconnectInsteadOfHello,
        "invalid_session_before_hello" => Fault::InvalidSessionBeforeHello,
        "invalid_session_on_identify" => Fault::InvalidSessionOnIdentify,
        "close_on_identify" => Fault::CloseOnIdentify(from.number("code")?),
        "delay_ready" => Fault::DelayReady(from.time("time_us")?),
        "withhold_guild" => Fault::WithholdGuild,
        "repeat_outage" => Fault::RepeatOutage,
        "cut_by_ready_of_another" => Fault::CutByReadyOfAnother(from.number("cut")?),
        "cut_after_ready" => Fault::CutAfterReady,
        "refuse_resume_with_4007" => Fault::RefuseResumeWith4007,
        "invalid_session_on_resume" => Fault::InvalidSessionOnResume {
            resumable: from.truth("resumable")?,
        },
        "close_on_resume" => Fault::CloseOnResume(from.optional("code")?),
        "replay_again" => Fault::ReplayAgain(from.number("frames")?),
        "cut_after_resumed" => Fault::CutAfterResumed,
        "skip_sequence" => Fault::SkipSequence(from.number("numbers")?),
        "withhold_acks" => Fault::WithholdAcks,
        "delay_ack" => Fault::DelayAck(from.time("time_us")?),
        "late_close" => Fault::LateClose(from.time("time_us")?),
        "cut_in_mid_frame" => Fault::CutInMidFrame,
        "split_messages" => Fault::SplitMessages(from.number("bytes")?),
        "drop_event" => Fault::DropEvent(match from.0.get("event") {
            None | Some(Value::Null) => None,
            Some(_) => Some(from.text("event")?.to_owned()),
        }),
        "alter" => Fault::Alter {
            event: from.text("event")?.to_owned(),
            field: from.text("field")?.to_owned(),
            to: read_altered(from)?,
        },
        "answer" => Fault::Answer {
            path: from.text("path")?.to_owned(),
            with: read_answer(from)?,
        },
        name => Fault::Request(read_request(name, from)?),
    })
}

fn read_altered(from: &Fields<'_>) -> Result<Altered, String> {
    let to = from.0.get("to");
    if let Some(value) = to.and_then(|to| to.get("value")) {
        return Ok(Altered::Value(value.clone()));
    }
    match to.and_then(Value::as_str) {
        Some("missing") => Ok(Altered::Missing),
        Some("null") => Ok(Altered::Null),
        Some("retyped") => Ok(Altered::Retyped),
        _ => Err("`to` is not what a field can be altered to".to_owned()),
    }
}

fn read_answer(from: &Fields<'_>) -> Result<Answer, String> {
    Ok(match from.text("answer")? {
        "status" => Answer::Status(from.number("status")?),
        "rate_limited" => Answer::RateLimited {
            retry_after: from.time("time_us")?,
            global: from.truth("global")?,
        },
        "banned" => Answer::Banned {
            retry_after: from.time("time_us")?,
        },
        other => return Err(format!("no answer is called {other:?}")),
    })
}

fn read_request(name: &str, from: &Fields<'_>) -> Result<RequestFault, String> {
    Ok(match name {
        "cut_after_request" => RequestFault::CutAfter(from.number("op")?),
        "guild_gone" => RequestFault::GuildGone {
            after: from.number("after")?,
            outage: from.truth("outage")?,
        },
        "ignore_request" => RequestFault::Ignore(from.number("op")?),
        "lose_chunk" => RequestFault::LoseChunk(from.number("index")?),
        "rate_limit_request" => RequestFault::RateLimit {
            op: from.number("op")?,
            retry_after: from.time("time_us")?,
        },
        "repeat_chunks" => RequestFault::RepeatChunks,
        "reverse_chunks" => RequestFault::ReverseChunks,
        "voice_server_away" => RequestFault::VoiceServerAway,
        "voice_server_first" => RequestFault::VoiceServerFirst,
        other => return Err(format!("no fault is called {other:?}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_that_is_written_is_read_again() {
        let second = Duration::from_secs(1);
        let altered = |to| Fault::Alter {
            event: "READY".to_owned(),
            field: "/user/id".to_owned(),
            to,
        };
        let answer = |with| Fault::Answer {
            path: "/gateway/bot".to_owned(),
            with,
        };
        let mut faults = vec![
            Fault::CutInHandshake,
            Fault::BadCertificate,
            Fault::NoUpgrade,
            Fault::NoHello,
            Fault::CloseBeforeHello(None),
            Fault::CloseAfterHello(Some(1001)),
            Fault::HttpStatus(503),
            Fault::ReconnectInsteadOfHello,
            Fault::InvalidSessionBeforeHello,
            Fault::InvalidSessionOnIdentify,
            Fault::CloseOnIdentify(4004),
            Fault::DelayReady(second),
            Fault::WithholdGuild,
            Fault::RepeatOutage,
            Fault::CutByReadyOfAnother(3),
            Fault::CutAfterReady,
            Fault::RefuseResumeWith4007,
            Fault::InvalidSessionOnResume { resumable: true },
            Fault::CloseOnResume(None),
            Fault::ReplayAgain(3),
            Fault::CutAfterResumed,
            Fault::SkipSequence(2),
            Fault::WithholdAcks,
            Fault::DelayAck(second),
            Fault::LateClose(second),
            Fault::CutInMidFrame,
            Fault::SplitMessages(100),
            Fault::DropEvent(None),
            Fault::DropEvent(Some("MESSAGE_CREATE".to_owned())),
            altered(Altered::Missing),
            altered(Altered::Null),
            altered(Altered::Retyped),
            altered(Altered::Value(json!({ "any": [1, null] }))),
            answer(Answer::Status(502)),
            answer(Answer::RateLimited {
                retry_after: second,
                global: true,
            }),
            answer(Answer::Banned {
                retry_after: second,
            }),
        ];
        faults.extend(
            [
                RequestFault::CutAfter(8),
                RequestFault::GuildGone {
                    after: 1,
                    outage: true,
                },
                RequestFault::Ignore(31),
                RequestFault::LoseChunk(2),
                RequestFault::RateLimit {
                    op: 8,
                    retry_after: second,
                },
                RequestFault::RepeatChunks,
                RequestFault::ReverseChunks,
                RequestFault::VoiceServerAway,
                RequestFault::VoiceServerFirst,
            ]
            .map(Fault::from),
        );
        for fault in faults {
            let written = write(&fault);
            let fields = written.as_object().unwrap();
            assert_eq!(read(&Fields(fields)), Ok(fault), "{written}");
        }
    }
}
