"""A small body of knowledge about a made-up world, written as the real one is: in YAML.

Two states outside the organisation's legal space: Overland, whose orders reach
what companies incorporated there control, and Nearland, held adequate until
the end of 2026.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from auditor.catalogue.catalogue import Catalogue, load
from auditor.probes import probe

READ = 'source: "https://register.example/", checked: "2026-11-01", verified: true'
BELIEVED = 'source: memory, checked: "2026-11-01", verified: false'

FILES = {
    "jurisdictions/world.yaml": f"""
        jurisdictions:
          - {{id: EU, name: {{fr: Union, en: Union}}, assumed: true, {READ}}}
          - {{id: HL, name: {{fr: Chez nous, en: Homeland}}, within: [EU], domains: [example], {READ}}}
          - {{id: SL, name: {{fr: Voisine, en: Sisterland}}, within: [EU], {READ}}}
          - id: OL
            name: {{fr: Outre-terre, en: Overland}}
            blocking:
              - citation: Shield Act, section 2
                name: {{fr: Loi bouclier, en: Shield Act}}
                what: {{fr: Interdit de répondre., en: Forbids to answer.}}
                from: "2000-01-01"
                to: "2026-06-30"
                source: https://laws.example/
                checked: "2026-11-01"
                verified: true
            {READ.replace(", ", chr(10) + "            ")}
          - id: NL
            name: {{fr: Proche-terre, en: Nearland}}
            adequacy:
              - {{by: EU, decision: "1/2020", scope: general, from: "2020-01-01", to: "2026-12-31", {READ}}}
            {READ.replace(", ", chr(10) + "            ")}
        """,
    "laws/ol-access.yaml": """
        id: ol-access
        jurisdiction: OL
        name: {fr: Loi d’accès, en: Access Act}
        short: {fr: Accès, en: Access}
        citation: Access Act, section 1
        summary: {fr: Résumé, en: Summary}
        binds: {fr: Les fournisseurs, en: Providers}
        reaches:
          - hook: incorporation
            relations: [operator]
            effects: [disclosure]
            settled: true
            why: {fr: société du pays, en: a company of the country}
          - hook: parent-control
            relations: [owner]
            effects: [disclosure]
            settled: true
            why: {fr: la mère contrôle, en: the parent controls}
          - hook: presence
            relations: [operator]
            effects: [disclosure]
            settled: false
            why: {fr: compétence discutée, en: jurisdiction is argued}
        validity:
          - {from: "2018-01-01", to: "2026-06-12", force: in-force, source: s, checked: "2026-11-01", verified: true}
          - {from: "2026-06-13", to: "2026-12-31", force: lapsed-with-tail, source: s, checked: "2026-11-01", verified: true}
          - {from: "2027-01-01", force: lapsed, source: s, checked: "2026-11-01", verified: true}
        source: https://laws.example/
        checked: "2026-11-01"
        verified: true
        """,
    "laws/ol-export.yaml": """
        id: ol-export
        jurisdiction: OL
        name: {fr: Contrôle des exportations, en: Export Control Act}
        short: {fr: Exportations, en: Exports}
        citation: Export Control Act
        summary: {fr: Résumé, en: Summary}
        binds: {fr: Les exportateurs, en: Exporters}
        reaches:
          - hook: technology-origin
            relations: [technology]
            effects: [interruption]
            settled: true
            why: {fr: le bien suit la loi, en: the law follows the item}
        validity:
          - {from: "2000-01-01", force: in-force, source: s, checked: "2026-11-01", verified: true}
        source: https://laws.example/
        checked: "2026-11-01"
        verified: true
        """,
    "providers/world.yaml": f"""
        entities:
          - {{id: overcloud-inc, name: Overcloud Inc., incorporated_in: OL, ownership_known: true, {READ}}}
          - id: overcloud-europe
            name: Overcloud Europe Ltd
            incorporated_in: SL
            ownership_known: true
            owners: [{{owner: overcloud-inc, capital: 100, control: true, {READ}}}]
            source: s
            checked: "2026-11-01"
            verified: true
          - id: homemail-sa
            name: Homemail SA
            incorporated_in: HL
            ownership_known: true
            establishments_known: true
            source: s
            checked: "2026-11-01"
            verified: true
          - id: sold-sa
            name: Sold SA
            incorporated_in: HL
            ownership_known: true
            owners: [{{owner: overcloud-inc, capital: 64, control: true, from: "2026-02-20", {READ}}}]
            source: s
            checked: "2026-11-01"
            verified: true
          - {{id: rumour-sa, name: Rumour SA, incorporated_in: HL, ownership_known: true, {BELIEVED}}}
          - {{id: closed-sa, name: Closed SA, incorporated_in: HL, ownership_known: false, {READ}}}
        offerings:
          - id: overcloud-mail
            name: Overcloud Mail
            operator: overcloud-europe
            category: [mailbox]
            roles: [mail.inbound, mail.mailbox, mail.outbound]
            dkim_selectors: [over1]
            tenant_names: ["{{dashed}}.tenants.overcloud.example"]
            fingerprints:
              - {{on: dns.mx, under: mx.overcloud.example}}
              - {{on: dns.spf.include, under: spf.overcloud.example, strength: moderate}}
              - {{on: dns.autodiscover, under: clients.overcloud.example}}
              - {{on: dns.dkim, under: dkim.overcloud.example, strength: moderate}}
              - {{on: dns.txt, prefix: "over-verify=", proves: past-claim, strength: weak}}
            {READ.replace(", ", chr(10) + "            ")}
          - id: homemail
            name: Homemail
            operator: homemail-sa
            category: [mailbox]
            roles: [mail.inbound, mail.mailbox, mail.outbound]
            technology: [{{entity: overcloud-inc, what: {{fr: logiciel, en: software}}, {READ}}}]
            regions: [HL]
            fingerprints: [{{on: dns.mx, under: homemail.example}}]
            {READ.replace(", ", chr(10) + "            ")}
          - id: homefilter
            name: Homefilter
            operator: homemail-sa
            category: [mail-gateway]
            roles: [mail.inbound, mail.gateway]
            fingerprints: [{{on: dns.mx, under: homefilter.example}}]
            {READ.replace(", ", chr(10) + "            ")}
          - id: overcloud-machines
            name: Overcloud Machines
            operator: overcloud-inc
            category: [cloud]
            roles: [network, web]
            fingerprints: [{{on: route.origin, is: AS64500}}]
            {READ.replace(", ", chr(10) + "            ")}
          - id: sold-mail
            name: Sold Mail
            operator: sold-sa
            category: [mailbox]
            roles: [mail.mailbox]
            {READ.replace(", ", chr(10) + "            ")}
          - id: rumour-mail
            name: Rumour Mail
            operator: rumour-sa
            category: [mailbox]
            roles: [mail.mailbox]
            {READ.replace(", ", chr(10) + "            ")}
          - id: closed-mail
            name: Closed Mail
            operator: closed-sa
            category: [mailbox]
            roles: [mail.mailbox]
            {READ.replace(", ", chr(10) + "            ")}
        """,
    "criteria/mail.yaml": """
        rules:
          - id: mailbox-foreign-order
            version: 1
            family: legal-exposure
            effect: disclosure
            severity: high
            title: {fr: Titre, en: Title}
            roles: [mail.mailbox]
            condition:
              forbid:
                exposure: {effect: disclosure, hook: [incorporation, parent-control], standing: [third, partly-adequate]}
            why: {fr: Pourquoi, en: Why}
            citations:
              - {text: {fr: Texte, en: Text}, url: "https://laws.example/", checked: "2026-11-01", verified: true}
            say:
              fail: {fr: "{providers} peut être contraint ({laws}, {countries})", en: "{providers} can be ordered ({laws}, {countries})"}
              pass: {fr: "{providers} ne peut l’être", en: "{providers} cannot"}
              unknown: {fr: "Reste à savoir {missing}", en: "Still to be known: {missing}"}
              not-applicable: {fr: Sans objet, en: Not applicable}
            counter: {fr: Contre, en: Counter}
            question: {fr: Question, en: Question}
            clause: {fr: Clause, en: Clause}
            examples:
              - {name: subsidiary, given: {role: mail.mailbox, offering: overcloud-mail, home: HL, on: "2026-01-01"}, expect: fail}
              - {name: at home, given: {role: mail.mailbox, offering: homemail, home: HL, on: "2026-01-01"}, expect: pass}
              - {name: nobody, given: {role: mail.mailbox, offering: unidentified, home: HL, on: "2026-01-01"}, expect: unknown}
        """,
    "frameworks/small.yaml": f"""
        id: some-framework
        name: {{fr: Petit cadre, en: Small framework}}
        short: {{fr: Petit, en: Small}}
        issuer: Nobody
        version: {{fr: un, en: one}}
        applicability:
          kinds: [state]
          data: [health]
          within: [HL]
          from: "2026-01-01"
          text: {{fr: Pour essayer, en: For trying}}
        roles: [mail.mailbox]
        levels:
          - {{id: L0, name: {{fr: zéro, en: nought}}}}
          - {{id: L1, name: {{fr: un, en: one}}}}
          - {{id: L2, name: {{fr: deux, en: two}}}}
        weight_sets:
          - {{id: even, name: {{fr: égal, en: even}}, weights: {{A: "50", B: "50"}}, {READ}}}
          - {{id: skew, name: {{fr: penché, en: skew}}, weights: {{A: "90", B: "10"}}, {READ}}}
        minima:
          - {{id: tender, name: {{fr: appel, en: tender}}, level: L1, groups: {{B: L2}}, {READ}}}
        layers:
          - {{id: compute, name: {{fr: calcul, en: compute}}}}
        citations:
          - {{text: {{fr: Texte, en: Text}}, url: "https://laws.example/", checked: "2026-11-01", verified: true}}
        source: "https://laws.example/"
        checked: "2026-11-01"
        verified: true
        groups:
          - id: A
            name: {{fr: Groupe A, en: Group A}}
            maximum: "10"
            items:
              - id: q1
                text: {{fr: Chez nous ?, en: At home?}}
                answers:
                  - {{value: "no", text: {{fr: non, en: "no"}}, points: "0", level: L0}}
                  - {{value: "yes", text: {{fr: oui, en: "yes"}}, points: "10", level: L2}}
                evidence:
                  - {{fact: controlled-from, within: [EU], is: "no", leaves: ["no"]}}
                  - {{fact: controlled-from, within: [EU], is: "yes", leaves: ["yes"]}}
          - id: B
            name: {{fr: Groupe B, en: Group B}}
            maximum: "20"
            items:
              - id: q2
                text: {{fr: Combien ?, en: How much?}}
                answers:
                  - {{value: "1", text: {{fr: peu, en: little}}, points: "0", level: L1}}
                  - {{value: "2", text: {{fr: assez, en: enough}}, points: "10", level: L1}}
                  - {{value: "3", text: {{fr: beaucoup, en: much}}, points: "20", level: L2}}
        """,
    "roles.yaml": """
        roles:
          - {id: mail.inbound, name: {fr: Arrivée, en: Incoming}, service: [disclosure, interruption], network: [disclosure, interruption]}
          - {id: mail.gateway, name: {fr: Filtre, en: Filter}, service: [disclosure, interruption], network: [disclosure]}
          - {id: mail.mailbox, name: {fr: Boîtes, en: Mailboxes}, service: [disclosure, interruption, tampering], network: [disclosure]}
          - {id: mail.outbound, name: {fr: Départ, en: Outgoing}, service: [disclosure], network: [disclosure]}
          - {id: mail.reports, name: {fr: Rapports, en: Reports}, service: [disclosure], network: []}
          - {id: identity, name: {fr: Comptes, en: Accounts}, service: [disclosure], network: []}
          - {id: collaboration, name: {fr: Travail, en: Collaboration}, service: [disclosure], network: []}
          - {id: account, name: {fr: Compte, en: Account}, service: [], network: []}
          - {id: web, name: {fr: Site, en: Site}, service: [disclosure], network: [disclosure]}
          - {id: dns, name: {fr: Noms, en: Names}, service: [interruption, tampering], network: [interruption]}
          - {id: certificate, name: {fr: Certificats, en: Certificates}, service: [tampering], network: []}
          - {id: registration, name: {fr: Inscription, en: Registration}, service: [interruption], network: []}
          - {id: network, name: {fr: Réseau, en: Network}, service: [], network: [interruption]}
        """,
    "names.yaml": """
        names:
          - {label: www, role: web}
          - {label: autodiscover, role: mail.mailbox}
        """,
    "words.yaml": """
        words:
          category.mailbox: {fr: messagerie, en: mailboxes}
          category.mail-gateway: {fr: filtre, en: filter}
          category.cloud: {fr: nuage, en: cloud}
          adequacy.changes: {fr: Le transfert est permis., en: The transfer is allowed.}
          adequacy.leaves: {fr: Les lois demeurent., en: The laws remain.}
          keys.customer: {fr: clés du seul client, en: keys of the customer alone}
        """,
    "sources.yaml": f"""
        sources:
          - {{host: registry.example, operator: The Registry, country: SL, {READ}}}
        """,
    "weights.yaml": """
        weights: {low: 1, medium: 3, high: 6, critical: 10}
        """,
    "shields.yaml": f"""
        shields:
          - id: homeseal
            schemes: [Homeseal]
            effect: disclosure
            outside: EU
            scope: {{fr: Le sceau exclut le droit extérieur., en: The seal excludes law from outside.}}
            contradicted: {{fr: comment le sceau se concilie avec ce lien, en: how the seal agrees with this link}}
            {READ.replace(", ", chr(10) + "            ")}
        """,
    "moves.yaml": f"""
        moves:
          - id: mail
            roles: [mail.inbound, mail.mailbox]
            name: {{fr: Courrier, en: Mail}}
            formats: {{fr: IMAP, en: IMAP}}
            {READ.replace(", ", chr(10) + "            ")}
          - id: sending
            roles: [mail.outbound]
            name: {{fr: Envoi, en: Sending}}
            formats: {{fr: rien, en: nothing}}
            {READ.replace(", ", chr(10) + "            ")}
        switching: {{fr: Droit de partir, en: Right to leave}}
        {READ.replace(", ", chr(10) + "        ")}
        """,
}


def write(directory: Path, **changed: str) -> Path:
    """Write the knowledge under *directory*; *changed* replaces files, `/` and `.` written `_`."""
    rules = Path(__file__).parent.parent / "rules"
    real = (
        "missing.yaml",
        "organisations.yaml",
        "origins.yaml",
        "contradictions.yaml",
        "grounds.yaml",
    )
    files = FILES | {name: (rules / name).read_text(encoding="utf-8") for name in real}
    for name, content in files.items():
        key = name.replace("/", "_").replace("-", "_").removesuffix(".yaml")
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(changed.get(key, content)).lstrip(), encoding="utf-8")
    return directory


def catalogue(directory: Path, **changed: str) -> Catalogue:
    """The made-up world, read as the real one is."""
    return load(write(directory, **changed), probe.kinds())
