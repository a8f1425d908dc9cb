package vn.sotay.tests;

import java.util.UUID;
import vn.sotay.testkit.Client;

/** What a phone sends later: it numbers what its owner has written. */
record Outbox(Client client, UUID device) {

    static Outbox of(Client client) {
        return new Outbox(client, UUID.randomUUID());
    }

    /** The client that sends this number. */
    Client number(long sequence) {
        return client.header("Sotay-Device", device.toString()).header("Sotay-Sequence", Long.toString(sequence));
    }
}
