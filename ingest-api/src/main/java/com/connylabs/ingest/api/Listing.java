package com.connylabs.ingest.api;

/**
 * What one listing of a source came to.
 *
 * @param listed elements that the source has
 * @param queued elements that were put into the queue
 * @param alreadyOutstanding elements that were in the queue already
 */
public record Listing(long listed, long queued, long alreadyOutstanding) {}
