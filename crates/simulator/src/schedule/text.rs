//! Schedules as lines of JSON.

mod faults;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::{Disturbance, Schedule, Step};
use crate::faults::{Dialled, Script};

/// A text is no [`Schedule`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the schedule is none: {why}")]
pub struct BadSchedule {
    line: usize,
    why: String,
}

impl BadSchedule {
    /// Which line it is, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for Schedule {
    /// One line of JSON per step, which [`FromStr`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps
            .iter()
            .try_for_each(|step| writeln!(f, "{}", write(step)))
    }
}

impl FromStr for Schedule {
    type Err = BadSchedule;

    /// Reads what its `Display` wrote, or a hand: empty lines and such as begin with `#` are skipped.
    fn from_str(text: &str) -> Result<Self, BadSchedule> {
        let mut schedule = Self::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let step = read(line).map_err(|why| BadSchedule { line: at + 1, why })?;
            schedule.put(step);
        }
        Ok(schedule)
    }
}

fn write(step: &Step) -> Value {
    let mut line = json!({ "at_us": whole(step.at.as_micros()), "shard": step.shard });
    let (what, with) = match &step.what {
        Disturbance::Scenario(scenario) => {
            line["scenario"] = Value::from(scenario.name());
            return line;
        }
        Disturbance::Cut => ("cut", json!({})),
        Disturbance::Reconnect => ("reconnect", json!({})),
        Disturbance::ReconnectEvery(period) => {
            let period = whole(period.as_micros());
            ("reconnect_every", json!({ "period_us": period }))
        }
        Disturbance::InvalidSession(resumable) => {
            ("invalid_session", json!({ "resumable": resumable }))
        }
        Disturbance::Close(code) => ("close", json!({ "code": code })),
        Disturbance::RequestHeartbeat => ("request_heartbeat", json!({})),
        Disturbance::Hang => ("hang", json!({})),
        Disturbance::Text(text) => ("text", json!({ "text": text })),
        Disturbance::Bytes(bytes) => ("bytes", json!({ "hex": hex(bytes) })),
        Disturbance::Frame(bytes) => ("frame", json!({ "hex": hex(bytes) })),
        Disturbance::Script(script) => ("script", write_script(script)),
        Disturbance::ScriptAny(script) => ("script_any", write_script(script)),
        Disturbance::ClearScript => ("clear_script", json!({})),
    };
    line["do"] = Value::from(what);
    if let (Value::Object(line), Value::Object(with)) = (&mut line, with) {
        line.extend(with);
    }
    line
}

fn read(line: &str) -> Result<Step, String> {
    let line: Map<String, Value> =
        serde_json::from_str(line).map_err(|_| "not an object in JSON".to_owned())?;
    let line = Fields(&line);
    let at = line.time("at_us")?;
    let shard = line.number("shard")?;
    if line.0.contains_key("scenario") {
        let name = line.text("scenario")?;
        let scenario = name.parse().map_err(|_| format!("no scenario {name:?}"))?;
        let what = Disturbance::Scenario(scenario);
        return Ok(Step { at, shard, what });
    }
    let what = match line.text("do")? {
        "cut" => Disturbance::Cut,
        "reconnect" => Disturbance::Reconnect,
        "reconnect_every" => Disturbance::ReconnectEvery(line.time("period_us")?),
        "invalid_session" => Disturbance::InvalidSession(line.truth("resumable")?),
        "close" => Disturbance::Close(line.number("code")?),
        "request_heartbeat" => Disturbance::RequestHeartbeat,
        "hang" => Disturbance::Hang,
        "text" => Disturbance::Text(line.text("text")?.to_owned()),
        "bytes" => Disturbance::Bytes(line.bytes("hex")?),
        "frame" => Disturbance::Frame(line.bytes("hex")?),
        "script" => Disturbance::Script(read_script(&line)?),
        "script_any" => Disturbance::ScriptAny(read_script(&line)?),
        "clear_script" => Disturbance::ClearScript,
        other => return Err(format!("nothing is called {other:?}")),
    };
    Ok(Step { at, shard, what })
}

fn write_script(script: &Script) -> Value {
    let mut written = json!({ "fault": faults::write(&script.fault), "times": script.times });
    match script.url {
        Dialled::Any => {}
        Dialled::Main => written["url"] = Value::from("main"),
        Dialled::Resume => written["url"] = Value::from("resume"),
    }
    if let Some(time) = script.lasting {
        written["lasting_us"] = Value::from(whole(time.as_micros()));
    }
    written
}

fn read_script(line: &Fields<'_>) -> Result<Script, String> {
    let fault = line.0.get("fault").and_then(Value::as_object);
    let fault = fault.ok_or("`fault` is not an object")?;
    let mut script = Script::from(faults::read(&Fields(fault))?);
    if line.0.contains_key("times") {
        script.times = line.number("times")?;
    }
    if line.0.contains_key("url") {
        script.url = match line.text("url")? {
            "main" => Dialled::Main,
            "resume" => Dialled::Resume,
            "any" => Dialled::Any,
            other => return Err(format!("no URL is called {other:?}")),
        };
    }
    if line.0.contains_key("lasting_us") {
        script.lasting = Some(line.time("lasting_us")?);
    }
    Ok(script)
}

/// The fields of an object, asked for with a reason if they are not as they should be.
struct Fields<'a>(&'a Map<String, Value>);

impl Fields<'_> {
    fn number<N: TryFrom<u64>>(&self, name: &str) -> Result<N, String> {
        let number = self.0.get(name).and_then(Value::as_u64);
        let number = number.and_then(|number| N::try_from(number).ok());
        number.ok_or_else(|| format!("`{name}` is not a number that fits"))
    }

    fn text(&self, name: &str) -> Result<&str, String> {
        let text = self.0.get(name).and_then(Value::as_str);
        text.ok_or_else(|| format!("`{name}` is not a text"))
    }

    fn truth(&self, name: &str) -> Result<bool, String> {
        let truth = self.0.get(name).and_then(Value::as_bool);
        truth.ok_or_else(|| format!("`{name}` is neither true nor false"))
    }

    fn time(&self, name: &str) -> Result<Duration, String> {
        self.number(name).map(Duration::from_micros)
    }

    /// A number that may be missing.
    fn optional<N: TryFrom<u64>>(&self, name: &str) -> Result<Option<N>, String> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.number(name).map(Some),
        }
    }

    fn bytes(&self, name: &str) -> Result<Bytes, String> {
        let text = self.text(name)?.as_bytes();
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let pairs = text.chunks(2).map(|pair| match pair {
            [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
            _ => None,
        });
        let bytes: Option<Vec<u8>> = pairs.collect();
        let bytes = bytes.ok_or_else(|| format!("`{name}` is not hexadecimal"))?;
        Ok(bytes.into())
    }
}

fn whole(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Fault;
    use crate::scenario::Scenario;

    #[test]
    fn what_is_written_is_read_again() {
        let second = Duration::from_secs(1);
        let mut schedule = Schedule::new();
        let bytes = Bytes::from_static(b"\x00\xff{");
        let all = [
            Disturbance::Cut,
            Disturbance::Reconnect,
            Disturbance::ReconnectEvery(second),
            Disturbance::InvalidSession(true),
            Disturbance::Close(4009),
            Disturbance::RequestHeartbeat,
            Disturbance::Hang,
            Disturbance::Text("{\"op\":99}\n".to_owned()),
            Disturbance::Bytes(bytes.clone()),
            Disturbance::Frame(bytes),
            Fault::NoHello.times(3).at(Dialled::Main).into(),
            Disturbance::ScriptAny(Fault::NoHello.lasting(second).at(Dialled::Resume)),
            Disturbance::ClearScript,
        ];
        for what in all {
            schedule = schedule.then(second, 1, what);
        }
        for scenario in Scenario::all() {
            schedule = schedule.then(second, 0, *scenario);
        }
        assert_eq!(schedule.to_string().parse(), Ok(schedule));
    }

    #[test]
    fn a_hand_may_write_one_too_and_is_told_where_it_is_wrong() {
        let text = "# a morning\n\n{\"at_us\":5,\"shard\":0,\"do\":\"cut\"}\n";
        let read: Schedule = text.parse().unwrap();
        assert_eq!(read.steps().len(), 1);
        for wrong in [
            "cut",
            "[]",
            r#"{"shard":0,"do":"cut"}"#,
            r#"{"at_us":-5,"shard":0,"do":"cut"}"#,
            r#"{"at_us":5,"shard":99999999999,"do":"cut"}"#,
            r#"{"at_us":5,"shard":0,"do":"dance"}"#,
            r#"{"at_us":5,"shard":0,"scenario":"t99_nothing"}"#,
            r#"{"at_us":5,"shard":0,"do":"close","code":70000}"#,
            r#"{"at_us":5,"shard":0,"do":"bytes","hex":"0"}"#,
            r#"{"at_us":5,"shard":0,"do":"bytes","hex":"zz"}"#,
            r#"{"at_us":5,"shard":0,"do":"script"}"#,
            r#"{"at_us":5,"shard":0,"do":"script","fault":{"name":"nothing"}}"#,
        ] {
            let error = format!("{text}{wrong}").parse::<Schedule>().unwrap_err();
            assert_eq!(error.line(), 4, "{error}");
        }
    }
}
