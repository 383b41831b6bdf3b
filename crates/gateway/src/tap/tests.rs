use std::sync::{
    Mutex,
    mpsc::{self, Sender},
};

use serde_json::Value;

use super::*;

const WAIT: Duration = Duration::from_secs(10);

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn values(&self) -> Vec<Value> {
        let bytes = self.0.lock().unwrap().clone();
        let text = String::from_utf8(bytes).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Blocks until it is let go on, and says so.
struct Stuck(Sender<()>, Receiver<()>);

impl Write for Stuck {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.send(());
        let _ = self.1.recv();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn end(tap: &Tap) -> TapEnd {
    TapEnd::new(tap.clone(), ShardId::new(1, 4), Some("own.token"))
}

fn push(end: &TapEnd, text: &str) {
    let frame = || Utf8Bytes::from(text);
    end.frame(
        Direction::In,
        Generation::default(),
        false,
        frame,
        text.len(),
    );
}

#[test]
fn a_line_says_when_which_way_where_and_what() {
    let lines = Lines::default();
    let tap = Tap::to_writer(lines.clone()).unwrap();
    push(&end(&tap), "{\"op\":11,\n \"d\":null}");
    assert!(tap.flush(WAIT));
    let values = lines.values();
    assert_eq!(values.len(), 1);
    let line = &values[0];
    assert!(line["time"].as_f64().unwrap() > 1.6e9);
    assert_eq!(line["dir"], "in");
    assert_eq!(line["shard"], "1/4");
    assert_eq!(line["connection"], 0);
    assert_eq!(line["bytes"], 20);
    assert_eq!(line["frame"], serde_json::json!({"op": 11, "d": null}));
}

#[test]
fn what_is_too_large_or_no_json_is_a_line_without_a_frame() {
    let lines = Lines::default();
    let tap = Tap::to_writer(lines.clone()).unwrap().max_frame_bytes(30);
    push(&end(&tap), &format!("{{\"t\":\"{}\"}}", "x".repeat(40)));
    push(&end(&tap), "{\"token\":\"hidden");
    assert!(tap.flush(WAIT));
    let omitted: Vec<_> = lines
        .values()
        .iter()
        .map(|l| l["omitted"].clone())
        .collect();
    assert_eq!(omitted, ["too large", "not JSON"]);
}

#[test]
fn a_tap_that_is_full_writes_no_more_and_counts() {
    let lines = Lines::default();
    let tap = Tap::to_writer(lines.clone()).unwrap().max_bytes(250);
    for _ in 0..10 {
        push(&end(&tap), "{\"op\":11}");
    }
    assert!(tap.flush(WAIT));
    let stats = tap.stats();
    assert_eq!(stats.lines + stats.dropped, 10);
    assert_eq!(stats.lines, 2, "{stats:?}");
    assert_eq!(lines.values().len(), 2);
    assert_eq!(lines.0.lock().unwrap().len() as u64, stats.bytes);
}

#[test]
fn a_writer_that_is_stuck_keeps_nobody_waiting() {
    let ((stuck, is_stuck), (go_on, goes_on)) = (mpsc::channel(), mpsc::channel());
    let tap = Tap::to_writer(Stuck(stuck, goes_on)).unwrap();
    let end = end(&tap);
    // More than is buffered before it is written.
    let frame = format!("{{\"d\":\"{}\"}}", "x".repeat(64 * 1024));
    push(&end, &frame);
    is_stuck.recv_timeout(WAIT).unwrap();
    for _ in 0..2 * MAX_QUEUED {
        push(&end, &frame);
    }
    let most = MAX_QUEUED_BYTES / frame.len() + 1;
    let dropped = usize::try_from(tap.stats().dropped).unwrap();
    assert!(dropped >= 2 * MAX_QUEUED - most, "{dropped}");
    assert!(!tap.flush(Duration::from_millis(10)));
    drop(go_on);
    drop(is_stuck);
    assert!(tap.flush(WAIT));
}

#[test]
fn a_writer_that_fails_is_left_alone() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let tap = Tap::to_writer(Full).unwrap();
    let end = end(&tap);
    let large = format!("{{\"d\":\"{}\"}}", "x".repeat(64 * 1024));
    push(&end, &large);
    push(&end, &large);
    assert!(tap.flush(WAIT));
    assert_eq!((tap.stats().lines, tap.stats().dropped), (0, 2));
}

#[test]
fn a_file_is_continued_and_its_length_counts() {
    let folder = std::env::temp_dir().join(format!("polycord-tap-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("frames.jsonl");
    for _ in 0..2 {
        let tap = Tap::to_file(&path).unwrap();
        push(&end(&tap), "{\"op\":11}");
        assert!(tap.flush(WAIT));
    }
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 2);
    let tap = Tap::to_file(&path).unwrap();
    assert_eq!(tap.stats().bytes, text.len() as u64);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may read it");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
