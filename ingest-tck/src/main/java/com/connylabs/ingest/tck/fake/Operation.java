package com.connylabs.ingest.tck.fake;

/** What can be asked of a fake. */
public enum Operation {
    /** A source or destination is checked; without a name. */
    CHECK,
    /** A listing is started; without a name. */
    RESET,
    /** A listing gives out an element. */
    NEXT,
    /** An object is opened. */
    DOWNLOAD,
    /** An object is looked at, for a destination that copies by itself. */
    LOCATE,
    /** A range of an object is opened. */
    RANGE,
    /** An object is removed at its source. */
    CLEAN_UP,
    /** A destination is asked what it has. */
    STAT,
    /** A destination is asked for a listing of what it has; without a name. */
    INVENTORY,
    /** A destination's listing is asked for an entry; named by what it is to begin with. */
    ENTRY,
    /** An object is stored. */
    STORE,
    /** An object is copied by the destination itself. */
    COPY,
    /** An upload in parts is started. */
    BEGIN,
    /** A part is sent. */
    PUT,
    /** An upload in parts is made visible. */
    COMPLETE,
    /** What was left unfinished is discarded; without a name at the start of a worker. */
    DISCARD,
    /** A message is published; named by the element's id, like all that follow. */
    PUBLISH,
    /** A subscription is asked for messages; without a name. */
    POP,
    /** A message is acknowledged. */
    ACK,
    /** A message is given back. */
    NAK,
    /** A message becomes a dead letter. */
    TERM,
    /** A message is still being worked on. */
    IN_PROGRESS,
    /** A lease is asked for; named by the workflow. */
    LEASE,
    /** Dead letters are read; without a name where it is not about one element. */
    LETTERS,
    /** A dead letter becomes a message again. */
    REPLAY,
    /** A dead letter is removed. */
    PURGE
}
