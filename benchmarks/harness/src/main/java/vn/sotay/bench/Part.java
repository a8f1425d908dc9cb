package vn.sotay.bench;

import java.io.IOException;

/** One of the parts that can be asked for by name. */
interface Part {

    /** The word that asks for it. */
    String name();

    /** The head of its report. */
    String title();

    /**
     * Measures and tells.
     *
     * @throws BenchException if something must be put right first
     */
    void measure(Run run, Report report) throws IOException;
}
