//! The model over FlatBuffers.

#[path = "bulk.rs"]
mod bulk;
#[path = "check.rs"]
mod check;
#[path = "item.rs"]
mod item;
#[path = "mirror.rs"]
mod mirror;
#[path = "oracle.rs"]
mod oracle;
#[path = "flatbuffers_record.rs"]
mod record;
#[path = "run.rs"]
mod run;
#[path = "step.rs"]
mod step;
