//! The body of a film on its way from a meeting server to a browser: never in memory as a whole, cut to a range when the
//! server sends more than was asked for, and given up when the server falls silent.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Instant, Sleep, sleep};

type Failure = Box<dyn std::error::Error + Send + Sync>;

pub struct Film {
    source: Incoming,
    /// Bytes of the source still to be dropped.
    skip: u64,
    /// Bytes still to be sent; `None` is all that come.
    left: Option<u64>,
    patience: Duration,
    /// Runs while the source is waited for.
    timer: Pin<Box<Sleep>>,
    is_waiting: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the meeting server fell silent")]
struct Silent;

impl Film {
    /// All of it.
    pub fn whole(source: Incoming, patience: Duration) -> Self {
        let timer = Box::pin(sleep(patience));
        Self { source, skip: 0, left: None, patience, timer, is_waiting: false }
    }

    /// From byte `start` to byte `end`, which is sent too.
    pub fn part(source: Incoming, patience: Duration, start: u64, end: u64) -> Self {
        Self { skip: start, left: Some(end - start + 1), ..Self::whole(source, patience) }
    }

    /// What is to be sent of a chunk.
    fn cut(&mut self, mut chunk: Bytes) -> Bytes {
        let skipped = self.skip.min(chunk.len() as u64);
        chunk.advance(skipped as usize);
        self.skip -= skipped;
        if let Some(left) = &mut self.left {
            chunk.truncate((*left).min(chunk.len() as u64) as usize);
            *left -= chunk.len() as u64;
        }
        chunk
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        if !self.is_waiting {
            self.is_waiting = true;
            let end = Instant::now() + self.patience;
            self.timer.as_mut().reset(end);
        }
        self.timer.as_mut().poll(context).map(|()| Some(Err(Silent.into())))
    }
}

impl Body for Film {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        while self.left != Some(0) {
            match Pin::new(&mut self.source).poll_frame(context) {
                Poll::Pending => return self.wait(context),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error.into()))),
                Poll::Ready(Some(Ok(frame))) => {
                    self.is_waiting = false;
                    let Ok(chunk) = frame.into_data() else { continue };
                    let chunk = self.cut(chunk);
                    if !chunk.is_empty() {
                        return Poll::Ready(Some(Ok(Frame::data(chunk))));
                    }
                }
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.left == Some(0) || (self.left.is_none() && self.source.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        match self.left {
            Some(left) => SizeHint::with_exact(left),
            None => self.source.size_hint(),
        }
    }
}
