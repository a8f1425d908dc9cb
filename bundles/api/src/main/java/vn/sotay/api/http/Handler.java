package vn.sotay.api.http;

import org.osgi.annotation.versioning.ConsumerType;

/** Answers the requests of one route. Called by many threads at once. */
@ConsumerType
@FunctionalInterface
public interface Handler {

    /**
     * Answers one request.
     *
     * @throws ProblemException if the caller did something that can be said in a problem
     * @throws Exception anything else is a bug: the caller gets a 500 with a number that is found in the log
     */
    Reply handle(Request request) throws Exception;
}
