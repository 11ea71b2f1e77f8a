package com.connylabs.ingest.testkit.proxy;

/** What a {@link FaultProxy} can do to one request. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** It arrives late. */
    DELAY,
    /** The proxy answers 500 or 503 SlowDown, and the server hears nothing of it. */
    ERROR,
    /** The connection ends in the middle of the request's body, or before the request if it has none. */
    CUT_REQUEST,
    /** One byte of the request's body is another one. */
    CORRUPT_REQUEST,
    /** The server does what it is asked, and its answer is lost. */
    LOSE_ANSWER,
    /** The connection ends in the middle of the answer, in its head or in its body. */
    CUT_ANSWER,
    /**
     * One byte of the object in the answer to a GET is another one. Only where the ETag is the MD5 of the content: nobody
     * could notice it elsewhere.
     */
    CORRUPT_ANSWER
}
