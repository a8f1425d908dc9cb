package vn.sotay.platform.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Transaction;

/** What is kept of a member's way to sign in, without what it is proved by. */
@Component
public final class AccountData implements PersonalData {

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        List<Part> parts = new ArrayList<>();
        AccountRows.ofMember(tx.handle(), member)
                .flatMap(found -> AccountRows.identity(tx.handle(), found.account()))
                .ifPresent(identity -> {
                    String login = LoginCards.shown(identity.login());
                    parts.add(new Part(
                            "shell.account",
                            List.of(
                                    login == null
                                            ? Map.of("account", identity.account())
                                            : Map.of("account", identity.account(), "login", login))));
                    parts.add(new Part(
                            "shell.mandates",
                            identity.mandates().stream()
                                    .map(AccountData::mandate)
                                    .toList()));
                    parts.add(new Part(
                            "shell.passkeys",
                            PasskeyRows.of(tx.handle(), identity.account()).stream()
                                    .map(AccountData::passkey)
                                    .toList()));
                    parts.add(new Part(
                            "shell.sessions",
                            AccountRows.sessions(tx, identity.account()).stream()
                                    .map(AccountData::session)
                                    .toList()));
                });
        parts.add(new Part(
                "shell.cards",
                CardRows.newest(tx.handle(), List.of(member)).stream()
                        .map(card -> Map.<String, Object>of(
                                "made", card.made(), "expires", card.expires(), "state", card.state(tx.now())))
                        .toList()));
        return parts;
    }

    private static Map<String, Object> mandate(Mandate mandate) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("role", mandate.role());
        record.put("unit", mandate.unit());
        record.put("from", mandate.from());
        if (mandate.to() != null) {
            record.put("to", mandate.to());
        }
        return record;
    }

    private static Map<String, Object> passkey(PasskeyRows.Row one) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("name", one.name());
        record.put("host", one.host());
        record.put("added", one.made());
        if (one.used() != null) {
            record.put("used", one.used());
        }
        return record;
    }

    private static Map<String, Object> session(AccountRows.Listed one) {
        return Map.of("name", one.name(), "begun", one.begun(), "used", one.used() == null ? one.begun() : one.used());
    }
}
