trigger InstalledMachineTrigger on Installed_Machine__c (after insert, after update, after delete) {
    Set<Id> accountIds = new Set<Id>();
    for (Installed_Machine__c machine : Trigger.isDelete ? Trigger.old : Trigger.new) {
        accountIds.add(machine.Account__c);
    }
    MachineService.recount(accountIds);
}
