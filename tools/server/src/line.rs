//! A line between browsers and a server on this computer, as bad as a test or a bench wants it: slow, narrow, silent or
//! cut. It hands on bytes, whatever they mean. What it does not do of a real line is to lose some and to begin slowly.

use std::future::{pending, poll_fn};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::AsyncWrite;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep, sleep_until};

use crate::serving::{ListenError, Listening, url_of};

/// Bytes that take their turn on the line at once: where several connections share it, each waits for as many.
const CHUNK: usize = 8 * 1024;
/// Chunks of a connection that are on their way in one direction: its window, of 1 MiB.
const WINDOW: usize = 128;
/// Bytes that the system takes from the server ahead of their turn. By itself it takes megabytes: a whole film would
/// seem to be sent.
const AHEAD: u32 = 64 * 1024;
/// By how much a chunk may begin late without the line counting as idle: timers are as coarse as this.
const SLACK: Duration = Duration::from_millis(5);

/// The line, with a port of its own. Dropping it breaks all connections.
pub struct Line {
    addr: SocketAddr,
    url: String,
    state: Arc<watch::Sender<State>>,
    listeners: Vec<JoinHandle<()>>,
}

#[derive(Clone, Copy, Default)]
struct State {
    is_cut: bool,
    /// How often it was: one that is over at once breaks connections too.
    cuts: u32,
    /// One way.
    delay: Duration,
    /// Bytes per second in each direction.
    rate: Option<u64>,
}

/// What the connections of a line have in common.
#[derive(Clone)]
struct Shared {
    to: SocketAddr,
    state: Arc<watch::Sender<State>>,
    up: Arc<Lane>,
    down: Arc<Lane>,
}

/// One direction, on which chunks go one after the other.
#[derive(Default)]
struct Lane {
    /// When the last chunk will have been put on it.
    busy_until: Mutex<Option<Instant>>,
}

/// Bytes, and when they arrive.
type Chunk = (Vec<u8>, Instant);

impl Line {
    /// A line as good as none, to a server on this address; on a free port, for either meaning of `localhost`.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn to(addr: SocketAddr) -> io::Result<Self> {
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listening = Listening::on(here).await.map_err(|error| match error {
            ListenError::PortInUse(_) => io::ErrorKind::AddrInUse.into(),
            ListenError::Listen(_, error) => error,
        })?;
        let state = Arc::new(watch::Sender::new(State::default()));
        let (up, down) = Default::default();
        let shared = Shared { to: addr, state: Arc::clone(&state), up, down };
        let (addr, listeners) = listening.into_parts();
        let listeners = listeners.into_iter().map(|it| tokio::spawn(listen(it, shared.clone())));
        Ok(Self { addr, url: url_of(addr), state, listeners: listeners.collect() })
    }

    /// Such as `http://localhost:7080`.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Breaks all connections, and new ones as soon as they are made, until it is restored.
    pub fn cut(&self) {
        self.state.send_modify(|it| {
            it.is_cut = true;
            it.cuts += 1;
        });
    }

    pub fn restore(&self) {
        self.state.send_modify(|it| it.is_cut = false);
    }

    /// How long every byte is on its way, in one direction. A new connection takes a round trip more, as a handshake does.
    pub fn set_delay(&self, one_way: Duration) {
        self.state.send_modify(|it| it.delay = one_way);
    }

    /// How many bytes a second go in each direction, of all connections together. With 0 nothing gets through and nothing
    /// breaks, as in a tunnel; `None` is without limit.
    pub fn set_rate(&self, bytes_per_second: Option<u64>) {
        self.state.send_modify(|it| it.rate = bytes_per_second);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        for listener in &self.listeners {
            listener.abort();
        }
    }
}

/// Its connections live in a set of this task: they end with it.
async fn listen(listener: TcpListener, shared: Shared) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => _ = connections.spawn(connect(stream, shared.clone())),
                // Out of file descriptors, most likely: some will be free in a moment.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connect(mut client: TcpStream, shared: Shared) {
    let mut state = shared.state.subscribe();
    let before = state.borrow().cuts;
    let is_broken = tokio::select! {
        biased;
        _ = state.wait_for(|it| it.is_cut || it.cuts != before) => true,
        ended = carry(&mut client, &shared) => ended.is_err(),
    };
    if is_broken {
        // If this fails the connection ends all the same, only more politely.
        let _ = client.set_zero_linger();
    }
}

/// Carries both directions until both are at their ends. An error of one breaks the other.
async fn carry(client: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    let delay = shared.state.borrow().delay;
    sleep(delay * 2).await;
    let socket = if shared.to.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_recv_buffer_size(AHEAD)?;
    let mut server = socket.connect(shared.to).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let ended = tokio::try_join!(
        pass(from_client, to_server, &shared.up, shared.state.subscribe()),
        pass(from_server, to_client, &shared.down, shared.state.subscribe()),
    );
    if ended.is_err() {
        server.set_zero_linger()?;
    }
    ended.map(drop)
}

/// Carries one direction. What was on its way before an error of its sender still arrives.
async fn pass(
    from: ReadHalf<'_>,
    to: WriteHalf<'_>,
    lane: &Lane,
    state: watch::Receiver<State>,
) -> io::Result<()> {
    let (sender, receiver) = mpsc::channel(WINDOW);
    let taken = async { Ok(take(from, sender, lane, state).await) };
    let (taken, ()) = tokio::try_join!(taken, deliver(to, receiver))?;
    taken
}

/// Puts bytes on the line as fast as it takes them; an empty chunk is the end.
async fn take(
    from: ReadHalf<'_>,
    sender: mpsc::Sender<Chunk>,
    lane: &Lane,
    mut state: watch::Receiver<State>,
) -> io::Result<()> {
    let mut buffer = [0; CHUNK];
    loop {
        from.readable().await?;
        let length = match from.try_read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            length => length?,
        };
        let sent = lane.sent(length, &mut state).await;
        let arrives = sent + state.borrow().delay;
        let is_taken = sender.send((buffer[..length].to_vec(), arrives)).await.is_ok();
        if length == 0 || !is_taken {
            return Ok(());
        }
    }
}

async fn deliver(mut to: WriteHalf<'_>, mut chunks: mpsc::Receiver<Chunk>) -> io::Result<()> {
    while let Some((chunk, arrives)) = chunks.recv().await {
        sleep_until(arrives).await;
        if chunk.is_empty() {
            return poll_fn(|context| Pin::new(&mut to).poll_shutdown(context)).await;
        }
        let mut rest = chunk.as_slice();
        while !rest.is_empty() {
            to.writable().await?;
            match to.try_write(rest) {
                Ok(written) => rest = &rest[written..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

impl Lane {
    /// Waits for its turn, and until so many bytes are on the line: when that was.
    async fn sent(&self, bytes: usize, state: &mut watch::Receiver<State>) -> Instant {
        loop {
            let rate = state.borrow_and_update().rate;
            let done = match rate {
                None => return Instant::now(),
                Some(0) => None,
                Some(rate) => Some(self.plan(bytes, rate)),
            };
            tokio::select! {
                done = reach(done) => return done,
                // What was planned at another rate is void.
                _ = state.changed() => *self.busy_until() = None,
            }
        }
    }

    /// When so many bytes more will be on the line.
    fn plan(&self, bytes: usize, rate: u64) -> Instant {
        let takes = Duration::from_secs_f64(bytes as f64 / rate as f64);
        let earliest = Instant::now() - SLACK;
        let mut busy_until = self.busy_until();
        let done = busy_until.map_or(earliest, |it| it.max(earliest)) + takes;
        *busy_until = Some(done);
        done
    }

    fn busy_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.busy_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for a moment, which may never come.
async fn reach(moment: Option<Instant>) -> Instant {
    match moment {
        Some(moment) => {
            sleep_until(moment).await;
            moment
        }
        None => pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpListener as StdListener, TcpStream as StdStream};
    use std::thread;
    use std::time::Instant;

    use proptest::prelude::*;
    use tokio::runtime::Runtime;

    use super::*;

    /// A line to a server that sends back what it gets; clients are plain threads.
    fn with_echo(test: impl FnOnce(&Line)) {
        let echo = StdListener::bind("127.0.0.1:0").unwrap();
        let addr = echo.local_addr().unwrap();
        thread::spawn(move || {
            for stream in echo.incoming() {
                let mut stream = stream.unwrap();
                thread::spawn(move || io::copy(&mut stream.try_clone().unwrap(), &mut stream));
            }
        });
        let runtime = Runtime::new().unwrap();
        let line = runtime.block_on(Line::to(addr)).unwrap();
        test(&line);
        drop(line);
    }

    fn client(line: &Line) -> StdStream {
        let stream = StdStream::connect(line.addr()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    }

    /// Sends it, and reads to the end of what comes back.
    fn echo_of(mut stream: StdStream, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut writer = stream.try_clone()?;
        thread::scope(|scope| {
            scope.spawn(move || {
                // A reader that gets less says so.
                let _ = writer.write_all(bytes);
                let _ = writer.shutdown(Shutdown::Write);
            });
            let mut back = Vec::new();
            stream.read_to_end(&mut back).map(|_| back)
        })
    }

    fn ping(stream: &mut StdStream) -> io::Result<Duration> {
        let start = Instant::now();
        stream.write_all(b"x")?;
        stream.read_exact(&mut [0])?;
        Ok(start.elapsed())
    }

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn all_arrives_in_order(length in 0usize..3_000_000, delay in 0u64..15, is_narrow: bool) {
            let bytes: Vec<u8> = (0..length).map(|n| (n ^ (n >> 8)) as u8).collect();
            with_echo(|line| {
                line.set_delay(ms(delay));
                line.set_rate(is_narrow.then_some(20_000_000));
                assert!(echo_of(client(line), &bytes).unwrap() == bytes);
            });
        }
    }

    #[test]
    fn a_delay_is_one_way_and_paid_twice_more_by_a_new_connection() {
        with_echo(|line| {
            line.set_delay(ms(50));
            let mut stream = client(line);
            let first = ping(&mut stream).unwrap();
            assert!(first >= ms(200), "{first:?}");
            // The least of several, for a busy computer is slow now and then.
            let next = (0..5).map(|_| ping(&mut stream).unwrap()).min().unwrap();
            assert!(next >= ms(100) && next < ms(190), "{next:?}");
        });
    }

    #[test]
    fn a_rate_is_shared_by_all_connections() {
        with_echo(|line| {
            line.set_rate(Some(500_000));
            let start = Instant::now();
            thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| echo_of(client(line), &[7; 100_000]).unwrap());
                }
            });
            let took = start.elapsed();
            assert!(took >= ms(550) && took < ms(1500), "{took:?}");
        });
    }

    #[test]
    fn a_cut_breaks_what_is_there_and_what_comes_until_it_is_restored() {
        with_echo(|line| {
            let mut stream = client(line);
            ping(&mut stream).unwrap();
            line.cut();
            let broken = ping(&mut stream).unwrap_err().kind();
            assert!(broken == io::ErrorKind::ConnectionReset, "{broken}");
            let start = Instant::now();
            assert!(StdStream::connect(line.addr()).and_then(|mut it| ping(&mut it)).is_err());
            assert!(start.elapsed() < ms(500));
            line.restore();
            let mut stream = client(line);
            ping(&mut stream).unwrap();
            line.cut();
            line.restore();
            assert!(ping(&mut stream).is_err(), "a short cut is one");
        });
    }

    #[test]
    fn a_silent_line_breaks_nothing_and_goes_on_at_any_rate() {
        with_echo(|line| {
            let mut stream = client(line);
            ping(&mut stream).unwrap();
            line.set_rate(Some(0));
            stream.set_read_timeout(Some(ms(300))).unwrap();
            stream.write_all(b"x").unwrap();
            let nothing = stream.read(&mut [0]).unwrap_err().kind();
            assert!(nothing == io::ErrorKind::WouldBlock, "{nothing}");
            line.set_rate(Some(1_000_000));
            stream.read_exact(&mut [0]).unwrap();
        });
    }

    #[test]
    fn who_does_not_read_stops_who_sends() {
        with_echo(|line| {
            let mut stream = client(line);
            stream.set_write_timeout(Some(ms(500))).unwrap();
            // More than all buffers on the way and back.
            assert!(stream.write_all(&[1; 64 << 20]).is_err());
        });
    }
}
