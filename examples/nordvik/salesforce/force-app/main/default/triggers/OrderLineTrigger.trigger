trigger OrderLineTrigger on Order_Line__c (before insert, before update) {
    for (Order_Line__c line : Trigger.new) {
        if (line.Discount__c != null && line.Discount__c > 40) {
            line.Discount__c.addError('Rabatten är för hög.');
        }
    }
}
