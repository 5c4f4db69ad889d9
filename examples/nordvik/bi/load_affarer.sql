-- Körs varje natt av analysplattformen. Läser ur kopian av CRM.
INSERT INTO dw.fakt_affar (affar_id, belopp, stangs, region, sannolikhet)
SELECT
    o.Id,
    o.Amount,
    o.CloseDate,
    a.Sales_Region__c,
    o.Win_Probability_Model__c      -- modellens sannolikhet, skrivs tillbaka till CRM varje måndag
FROM crm_copy.Opportunity AS o
JOIN crm_copy.Account AS a ON a.Id = o.AccountId
WHERE o.CloseDate >= DATE '2023-01-01';
