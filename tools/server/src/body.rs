//! Response bodies that come in chunks and do something on the way: count as open, break off, take their time.
//! They are made of an iterator, so that a file or an archive is never copied into memory as a whole.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use bytes::{Buf, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// Bytes handed to the connection at once: small enough that a closed connection is noticed soon.
pub const CHUNK: usize = 64 * 1024;

type Polled = Poll<Option<Result<Frame<Bytes>, axum::Error>>>;

/// A body of the chunks of an iterator; of unknown length, therefore sent with chunked encoding.
pub struct Chunks<I>(pub I);

impl<I: Iterator<Item = Bytes> + Unpin> HttpBody for Chunks<I> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Polled {
        Poll::Ready(self.0.next().map(|chunk| Ok(Frame::data(chunk))))
    }
}

/// Part of a file, counted as open until it is sent or the connection is gone.
pub struct OpenFile {
    rest: Bytes,
    open: Arc<AtomicUsize>,
}

impl OpenFile {
    pub fn new(bytes: Bytes, open: Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::SeqCst);
        Self { rest: bytes, open }
    }
}

impl Drop for OpenFile {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl HttpBody for OpenFile {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Polled {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(CHUNK);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

/// Breaks the connection, or falls silent, after so many bytes: the length announced before stays the whole length.
pub struct Cut {
    body: Body,
    remaining: u64,
    breaks: bool,
    /// Before the break: what was handed over must reach the client first, and an error would discard it.
    pause: Option<Pin<Box<Sleep>>>,
}

impl Cut {
    const PAUSE: Duration = Duration::from_millis(50);

    pub fn new(body: Body, after_bytes: u64) -> Self {
        Self { body, remaining: after_bytes, breaks: true, pause: None }
    }

    pub fn silent(body: Body, after_bytes: u64) -> Self {
        Self { breaks: false, ..Self::new(body, after_bytes) }
    }
}

impl HttpBody for Cut {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        if self.remaining == 0 {
            if !self.breaks {
                // Nobody wakes it: it ends with the connection.
                return Poll::Pending;
            }
            let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(Self::PAUSE)));
            ready!(pause.as_mut().poll(context));
            let error = io::Error::new(io::ErrorKind::ConnectionAborted, "cut by a test hook");
            return Poll::Ready(Some(Err(axum::Error::new(error))));
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let Some(Ok(frame)) = frame else {
            return Poll::Ready(frame);
        };
        Poll::Ready(Some(Ok(match frame.into_data() {
            Ok(mut data) => {
                data.truncate(usize::try_from(self.remaining).unwrap_or(usize::MAX));
                self.remaining -= data.len() as u64;
                Frame::data(data)
            }
            Err(trailers) => trailers,
        })))
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Sends at most so many bytes a second, ten times a second.
pub struct Throttled {
    body: Body,
    pending: Bytes,
    bytes_per_tick: usize,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Throttled {
    const TICK: Duration = Duration::from_millis(100);

    pub fn new(body: Body, bytes_per_second: u64) -> Self {
        let bytes_per_tick = usize::try_from(bytes_per_second / 10).unwrap_or(usize::MAX);
        Self { body, pending: Bytes::new(), bytes_per_tick: bytes_per_tick.max(1), pause: None }
    }
}

impl HttpBody for Throttled {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        if !self.pending.has_remaining() {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
            let Some(Ok(frame)) = frame else {
                return Poll::Ready(frame);
            };
            match frame.into_data() {
                Ok(data) => self.pending = data,
                Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
            }
        }
        let length = self.pending.len().min(self.bytes_per_tick);
        self.pause = Some(Box::pin(sleep(Self::TICK)));
        Poll::Ready(Some(Ok(Frame::data(self.pending.split_to(length)))))
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = self.body.size_hint();
        if let Some(exact) = hint.exact() {
            hint.set_exact(exact + self.pending.len() as u64);
        }
        hint
    }
}
