package vn.sotay.platform.module;

/** A piece that lets requests wait for something to come. The HTTP server would wait for them when it stops. A service. */
public interface HeldRequests {

    /** Answers all who wait, and lets nobody wait any more: the HTTP server stops. */
    void release();
}
