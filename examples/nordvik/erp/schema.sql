-- Nordvik ERP: the tables that sales, stock, pricing, service and finance work in.
-- Written for SQLite; loaded by generate.py into erp/nordvik_erp.sqlite.
-- Names as they usually are in a Nordic ERP: Swedish, short, with the English of the vendor here and there.
-- Money is in the currency of the document, without VAT unless the name says moms.

CREATE TABLE valuta (                   -- currencies
    valuta        CHAR(3) PRIMARY KEY,
    namn          VARCHAR(40) NOT NULL,
    kurs_sek      DECIMAL(12, 6) NOT NULL   -- SEK per unit, monthly rate
);

CREATE TABLE betalningsvillkor (        -- terms of payment
    betvillkor    VARCHAR(4) PRIMARY KEY,
    text          VARCHAR(40) NOT NULL,
    dagar         INTEGER NOT NULL
);

CREATE TABLE leveransvillkor (          -- terms of delivery, Incoterms 2020
    levvillkor    VARCHAR(4) PRIMARY KEY,
    text          VARCHAR(40) NOT NULL
);

CREATE TABLE orderstatus (              -- 10 received, 20 confirmed, 40 in production, 70 delivered, 90 invoiced
    status        INTEGER PRIMARY KEY,
    text          VARCHAR(30) NOT NULL
);

CREATE TABLE saljare (                  -- sellers, by code only
    saljkod       VARCHAR(6) PRIMARY KEY,
    distrikt      VARCHAR(10) NOT NULL
);

CREATE TABLE prislista (                -- price list, header
    prislista     VARCHAR(10) PRIMARY KEY,
    benamning     VARCHAR(60) NOT NULL,
    valuta        CHAR(3) NOT NULL REFERENCES valuta (valuta)
);

CREATE TABLE kund (                     -- customer master
    kundnr        VARCHAR(10) PRIMARY KEY,
    namn          VARCHAR(80) NOT NULL,
    orgnr         VARCHAR(20),              -- organisationsnummer or CVR-nummer
    vatnr         VARCHAR(20),
    adress        VARCHAR(80),
    postnr        VARCHAR(10),
    ort           VARCHAR(40),
    landkod       CHAR(2) NOT NULL,
    kundkategori  CHAR(1),
    distrikt      VARCHAR(10),
    saljkod       VARCHAR(6) REFERENCES saljare (saljkod),
    prislista     VARCHAR(10) REFERENCES prislista (prislista),
    rabattgrupp   VARCHAR(4),
    betvillkor    VARCHAR(4) REFERENCES betalningsvillkor (betvillkor),
    levvillkor    VARCHAR(4) REFERENCES leveransvillkor (levvillkor),
    kreditgrans   DECIMAL(16, 2),           -- credit limit, decided by finance
    sparrad       INTEGER NOT NULL DEFAULT 0,   -- 1: no deliveries
    saldo         DECIMAL(16, 2),           -- open receivables
    forfallet     DECIMAL(16, 2),
    faktura_epost VARCHAR(80),
    skapad        DATE NOT NULL,
    andrad        DATE NOT NULL
);

CREATE TABLE kontaktperson (            -- contact of a customer
    kontaktnr     VARCHAR(10) PRIMARY KEY,
    kundnr        VARCHAR(10) NOT NULL REFERENCES kund (kundnr),
    befattning    VARCHAR(40),
    epost         VARCHAR(80),
    telefon       VARCHAR(30)
);

CREATE TABLE artikelgrupp (             -- item group
    artgrupp      VARCHAR(10) PRIMARY KEY,
    benamning     VARCHAR(60) NOT NULL
);

CREATE TABLE artikel (                  -- item master
    artnr         VARCHAR(20) PRIMARY KEY,
    benamning     VARCHAR(80) NOT NULL,
    artgrupp      VARCHAR(10) REFERENCES artikelgrupp (artgrupp),
    enhet         VARCHAR(4) NOT NULL,
    vikt_kg       DECIMAL(12, 3),
    standardkostnad DECIMAL(16, 2),
    ledtid_dagar  INTEGER,
    statnr        VARCHAR(10),              -- commodity code
    ursprungsland CHAR(2),
    ritningsnr    VARCHAR(20),
    utgaende      INTEGER NOT NULL DEFAULT 0,
    andrad        DATE NOT NULL
);

CREATE TABLE lagerstalle (              -- warehouse
    lagernr       VARCHAR(10) PRIMARY KEY,
    namn          VARCHAR(40) NOT NULL,
    landkod       CHAR(2) NOT NULL
);

CREATE TABLE lagersaldo (               -- stock balance
    artnr         VARCHAR(20) NOT NULL REFERENCES artikel (artnr),
    lagernr       VARCHAR(10) NOT NULL REFERENCES lagerstalle (lagernr),
    saldo         DECIMAL(12, 2) NOT NULL,
    reserverat    DECIMAL(12, 2) NOT NULL,
    bestallt      DECIMAL(12, 2) NOT NULL,
    bestpunkt     DECIMAL(12, 2),           -- reorder point
    hyllplats     VARCHAR(12),
    inventerad    DATE,                     -- last count
    PRIMARY KEY (artnr, lagernr)
);

CREATE TABLE prislisterad (             -- price list, row
    prislista     VARCHAR(10) NOT NULL REFERENCES prislista (prislista),
    artnr         VARCHAR(20) NOT NULL REFERENCES artikel (artnr),
    fran_antal    INTEGER NOT NULL DEFAULT 1,
    pris          DECIMAL(16, 2) NOT NULL,
    giltig_fran   DATE NOT NULL,
    PRIMARY KEY (prislista, artnr, fran_antal)
);

CREATE TABLE kundpris (                 -- customer price, agreed
    kundnr        VARCHAR(10) NOT NULL REFERENCES kund (kundnr),
    artnr         VARCHAR(20) NOT NULL REFERENCES artikel (artnr),
    fran_antal    INTEGER NOT NULL DEFAULT 1,
    avtalsnr      VARCHAR(12),
    pris          DECIMAL(16, 4) NOT NULL,
    giltig_fran   DATE NOT NULL,
    giltig_till   DATE,
    PRIMARY KEY (kundnr, artnr, fran_antal)
);

CREATE TABLE offert (                   -- quotation
    offertnr      VARCHAR(12) PRIMARY KEY,
    kundnr        VARCHAR(10) NOT NULL REFERENCES kund (kundnr),
    offertdatum   DATE NOT NULL,
    giltig_till   DATE,
    belopp        DECIMAL(16, 2) NOT NULL,
    status        VARCHAR(10) NOT NULL      -- oppen, order, forlorad
);

CREATE TABLE kundorder (                -- sales order, header
    ordernr       VARCHAR(12) PRIMARY KEY,
    kundnr        VARCHAR(10) NOT NULL REFERENCES kund (kundnr),
    orderdatum    DATE NOT NULL,
    status        INTEGER NOT NULL REFERENCES orderstatus (status),
    onskat_lev    DATE,                     -- requested delivery
    bekraftat_lev DATE,                     -- confirmed delivery
    valuta        CHAR(3) NOT NULL REFERENCES valuta (valuta),
    ordersumma    DECIMAL(16, 2) NOT NULL,
    er_referens   VARCHAR(40),
    godsmarke     VARCHAR(40),
    projektnr     VARCHAR(12),
    saljkod       VARCHAR(6) REFERENCES saljare (saljkod)
);

CREATE TABLE kundorderrad (             -- sales order, line
    ordernr       VARCHAR(12) NOT NULL REFERENCES kundorder (ordernr),
    radnr         INTEGER NOT NULL,
    artnr         VARCHAR(20) NOT NULL REFERENCES artikel (artnr),
    antal         DECIMAL(12, 2) NOT NULL,
    levererat     DECIMAL(12, 2) NOT NULL DEFAULT 0,
    a_pris        DECIMAL(16, 2) NOT NULL,  -- unit price
    rabatt        DECIMAL(5, 2) NOT NULL DEFAULT 0,
    radbelopp     DECIMAL(16, 2) NOT NULL,  -- net line amount
    lagernr       VARCHAR(10) REFERENCES lagerstalle (lagernr),
    bekraftat_lev DATE,
    PRIMARY KEY (ordernr, radnr)
);

CREATE TABLE leverans (                 -- delivery
    foljesedelsnr VARCHAR(12) PRIMARY KEY,
    ordernr       VARCHAR(12) NOT NULL REFERENCES kundorder (ordernr),
    avgang        DATE NOT NULL,
    ankomst       DATE,
    transportor   VARCHAR(40),
    kollinr       VARCHAR(30),
    bruttovikt    DECIMAL(12, 1),
    kolli         INTEGER
);

CREATE TABLE faktura (                  -- invoice
    fakturanr     VARCHAR(12) PRIMARY KEY,
    kundnr        VARCHAR(10) NOT NULL REFERENCES kund (kundnr),
    ordernr       VARCHAR(12) REFERENCES kundorder (ordernr),
    fakturadatum  DATE NOT NULL,
    forfallodatum DATE NOT NULL,
    belopp_exkl_moms DECIMAL(16, 2) NOT NULL,
    moms          DECIMAL(16, 2) NOT NULL,
    valuta        CHAR(3) NOT NULL REFERENCES valuta (valuta),
    betald        INTEGER NOT NULL DEFAULT 0,
    betaldatum    DATE,
    kravniva      INTEGER NOT NULL DEFAULT 0    -- reminder level
);

CREATE TABLE fakturarad (               -- invoice line
    fakturanr     VARCHAR(12) NOT NULL REFERENCES faktura (fakturanr),
    radnr         INTEGER NOT NULL,
    artnr         VARCHAR(20) REFERENCES artikel (artnr),
    antal         DECIMAL(12, 2) NOT NULL,
    belopp        DECIMAL(16, 2) NOT NULL,
    PRIMARY KEY (fakturanr, radnr)
);

CREATE TABLE serviceavtal (             -- service contract
    avtalsnr      VARCHAR(12) PRIMARY KEY,
    kundnr        VARCHAR(10) NOT NULL REFERENCES kund (kundnr),
    typ           VARCHAR(10) NOT NULL,
    startdatum    DATE NOT NULL,
    slutdatum     DATE,
    uppsagning_man INTEGER,
    arsavgift     DECIMAL(16, 2) NOT NULL,  -- yearly fee, indexed every January
    intervall     VARCHAR(10) NOT NULL,
    nasta_faktura DATE,
    uppsagt       DATE
);

CREATE TABLE individ (                  -- machine by serial number
    serienr       VARCHAR(20) PRIMARY KEY,
    artnr         VARCHAR(20) NOT NULL REFERENCES artikel (artnr),
    kundnr        VARCHAR(10) REFERENCES kund (kundnr),
    levererad     DATE,
    garanti_till  DATE,
    avtalsnr      VARCHAR(12) REFERENCES serviceavtal (avtalsnr)
);

CREATE TABLE produktstruktur (          -- bill of material
    artnr         VARCHAR(20) NOT NULL REFERENCES artikel (artnr),
    position      INTEGER NOT NULL,
    komponent     VARCHAR(20) NOT NULL REFERENCES artikel (artnr),
    antal_per     DECIMAL(12, 4) NOT NULL,
    kassation     DECIMAL(5, 2) NOT NULL DEFAULT 0,
    revision      VARCHAR(4) NOT NULL,
    PRIMARY KEY (artnr, position)
);

CREATE TABLE efterkalkyl (              -- costing, per order, after the fact
    ordernr       VARCHAR(12) PRIMARY KEY REFERENCES kundorder (ordernr),
    material      DECIMAL(16, 2) NOT NULL,
    arbetstimmar  DECIMAL(8, 1) NOT NULL,
    arbete        DECIMAL(16, 2) NOT NULL,
    omkostnad     DECIMAL(16, 2) NOT NULL,
    total         DECIMAL(16, 2) NOT NULL
);

CREATE INDEX ix_order_kund ON kundorder (kundnr, orderdatum);
CREATE INDEX ix_faktura_kund ON faktura (kundnr, fakturadatum);

CREATE VIEW v_orderstock AS             -- order backlog
    SELECT kundnr, SUM(ordersumma) AS orderstock
    FROM kundorder WHERE status < 90 GROUP BY kundnr;

CREATE VIEW v_disponibelt AS            -- available stock, all warehouses
    SELECT artnr, SUM(saldo - reserverat) AS disponibelt
    FROM lagersaldo GROUP BY artnr;
